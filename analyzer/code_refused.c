/* Walks over functions with what is known of the result, until nothing changes any more. */
#include "code_refused.h"
#include "code_alias.h"
#include "code_escapes.h"
#include "code_fresh.h"
#include "code_outward.h"
#include "code_releases.h"
#include "xalloc.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

/* Times that a function is gone over, and steps for one try. */
#define MAX_PASSES 100u
#define MAX_STEPS (UINT64_C(1) << 18)

/* Functions that try, or wait for a limited time, what they return when they are refused, and the
 * ones that wait; the lock is the first argument of both. */
static const struct family {
	const char *try, *wait;
	uint32_t refused;
} families[] = {
	{"g_mutex_trylock", "g_mutex_lock", 0},
	{"g_rec_mutex_trylock", "g_rec_mutex_lock", 0},
	{"g_rw_lock_reader_trylock", "g_rw_lock_reader_lock", 0},
	{"g_rw_lock_writer_trylock", "g_rw_lock_writer_lock", 0},
	{"mtx_timedlock", "mtx_lock", thrd_timedout},
	{"mtx_trylock", "mtx_lock", thrd_busy},
	{"pthread_mutex_clocklock", "pthread_mutex_lock", ETIMEDOUT},
	{"pthread_mutex_timedlock", "pthread_mutex_lock", ETIMEDOUT},
	{"pthread_mutex_trylock", "pthread_mutex_lock", EBUSY},
	{"pthread_rwlock_clockrdlock", "pthread_rwlock_rdlock", ETIMEDOUT},
	{"pthread_rwlock_clockwrlock", "pthread_rwlock_wrlock", ETIMEDOUT},
	{"pthread_rwlock_timedrdlock", "pthread_rwlock_rdlock", ETIMEDOUT},
	{"pthread_rwlock_timedwrlock", "pthread_rwlock_wrlock", ETIMEDOUT},
	{"pthread_rwlock_tryrdlock", "pthread_rwlock_rdlock", EBUSY},
	{"pthread_rwlock_trywrlock", "pthread_rwlock_wrlock", EBUSY},
	{"pthread_spin_trylock", "pthread_spin_lock", EBUSY},
};

enum role {
	ROLE_UNKNOWN, /* may give a lock back */
	ROLE_HARMLESS,
	ROLE_WAITS,
	ROLE_TRIES,
	ROLE_WITHIN, /* of the same file */
};

/* What the ways through a function come to that do not wait. */
struct ends {
	bool failed, returned;
	struct code_number result; /* of those that return */
};

struct walk {
	const struct object_code *code;
	const struct family *family;
	struct code_value lock;
	uint64_t steps_left;
	bool asked; /* waited for the lock, or tried it again */
	bool quiet; /* nothing in the outermost function may write where the lock's address is */
	bool still; /* nor anything in those that it calls may, up to the try */
};

/* One function that is gone over. */
struct visit {
	struct walk *walk;
	const struct code_function *function;
	const struct code_flow *flow;
	unsigned depth;
	bool escapes; /* the address of a place in its frame goes elsewhere */
	struct code_numbers *before;
	bool *reached;
	bool changed;
	struct ends ends;
};

static const struct family *family_of(const char *try)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (strcmp(families[i].try, try) == 0)
			return &families[i];
	return NULL;
}

static bool same_value(const struct code_value *a, const struct code_value *b)
{
	return a->base != CODE_UNKNOWN && a->base == b->base && a->key == b->key &&
	       a->offset == b->offset;
}

static enum role role_of(const struct walk *walk, const struct code_instruction *call,
			 const struct code_values *values, const struct code_numbers *numbers)
{
	const char *import = code_import_called(walk->code, call, values);
	const struct code_number *argument = &numbers->registers[CODE_RDI];
	const bool old =
		code_is_of_memory(&walk->lock) && !walk->quiet && numbers->old & 1u << CODE_RDI;
	const bool same = (same_value(&values->registers[CODE_RDI], &walk->lock) && !old) ||
			  (argument->marked && argument->value == 0);
	if (!import)
		return call->target ? ROLE_WITHIN : ROLE_UNKNOWN;
	if (same && strcmp(import, walk->family->wait) == 0)
		return ROLE_WAITS;
	if (same && strcmp(import, walk->family->try) == 0)
		return ROLE_TRIES;
	return code_import_keeps_locks(walk->code, import) ? ROLE_HARMLESS : ROLE_UNKNOWN;
}

static void flow_to(struct visit *visit, uint32_t step, const struct code_numbers *numbers)
{
	if (step == CODE_NOWHERE || !visit->flow->reached[step])
		return;
	if (visit->reached[step]) {
		visit->changed |= code_numbers_join(&visit->before[step], numbers);
		return;
	}
	visit->reached[step] = visit->changed = true;
	visit->before[step] = *numbers;
}

static void leave(struct visit *visit, struct code_number result)
{
	if (visit->ends.returned)
		code_number_join(&visit->ends.result, result);
	else
		visit->ends.result = result;
	visit->ends.returned = true;
}

static struct ends walk_call(struct walk *walk, uint64_t start, const struct code_values *values,
			     const struct code_numbers *numbers, unsigned depth);

/* Goes on behind a call, or with what it returns if it is jumped to. */
static void go_on(struct visit *visit, uint32_t step, struct code_number result)
{
	const struct code_step *at = &visit->function->steps[step];
	struct code_numbers numbers = visit->before[step];
	const bool within = at->instruction.target && visit->escapes;
	if (at->instruction.kind != CODE_CALL) {
		leave(visit, result);
		return;
	}
	code_numbers_call(&numbers, result,
			  within || code_hands_out(&visit->flow->before[step], visit->depth));
	flow_to(visit, at->next, &numbers);
}

static void visit_call(struct visit *visit, uint32_t step)
{
	const struct code_instruction *at = &visit->function->steps[step].instruction;
	const struct code_values *values = &visit->flow->before[step];
	const struct code_number nothing = {0, 0, false};
	struct walk *walk = visit->walk;
	struct ends ends;
	switch (role_of(walk, at, values, &visit->before[step])) {
	case ROLE_WAITS:
		walk->asked = true;
		break;
	case ROLE_TRIES:
		walk->asked = true;
		go_on(visit, step, (struct code_number){walk->family->refused, UINT32_MAX, false});
		break;
	case ROLE_HARMLESS:
		visit->ends.failed |= code_call_may_exchange(
			&walk->lock, code_import_called(walk->code, at, values), values,
			visit->depth);
		go_on(visit, step, nothing);
		break;
	case ROLE_WITHIN:
		ends = walk_call(walk, at->target, values, &visit->before[step], visit->depth + 1);
		visit->ends.failed |= ends.failed;
		if (ends.returned)
			go_on(visit, step, ends.result);
		break;
	default:
		visit->ends.failed = true;
		break;
	}
}

static void visit_branch(struct visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->function->steps[step];
	const struct code_numbers *numbers = &visit->before[step];
	const bool open = at->instruction.condition == CODE_IF_UNKNOWN || !numbers->compared.known;
	const bool taken =
		!open && code_condition_holds(at->instruction.condition, &numbers->compared);
	if ((open || !taken) && visit->flow->ways[step] & CODE_WAY_NEXT)
		flow_to(visit, at->next, numbers);
	if ((open || taken) && visit->flow->ways[step] & CODE_WAY_TARGET)
		flow_to(visit, at->target, numbers);
}

static void visit_step(struct visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->function->steps[step];
	const struct code_values *values = &visit->flow->before[step];
	const struct code_moment moment = {visit->walk->code, &at->instruction, values,
					   visit->depth, !visit->escapes};
	struct code_numbers numbers = visit->before[step];
	switch (at->instruction.kind) {
	case CODE_CALL:
		visit_call(visit, step);
		break;
	case CODE_JUMP:
		if (at->instruction.import)
			visit_call(visit, step);
		else
			flow_to(visit, at->target, &numbers);
		break;
	case CODE_BRANCH:
		visit_branch(visit, step);
		break;
	case CODE_RETURN:
		leave(visit, numbers.registers[CODE_RAX]);
		break;
	case CODE_TRAP:
		visit->ends.failed |=
			at->instruction.import && !code_import_ends_program(at->instruction.import);
		break;
	case CODE_PLAIN:
		visit->ends.failed |= code_may_exchange(&visit->walk->lock, &at->instruction,
							values, visit->depth);
		code_numbers_apply(&numbers, &moment);
		flow_to(visit, at->next, &numbers);
		break;
	default:
		visit->ends.failed = true;
		break;
	}
}

static void visit_all(struct visit *visit)
{
	const uint32_t count = visit->function->count;
	visit->changed = true;
	for (unsigned passes = 0; visit->changed && !visit->ends.failed; passes++) {
		visit->ends.failed = passes == MAX_PASSES || visit->walk->steps_left < count;
		visit->walk->steps_left -= visit->ends.failed ? 0 : count;
		visit->changed = false;
		for (uint32_t i = 0; i < count && !visit->ends.failed; i++)
			if (visit->reached[i])
				visit_step(visit, i);
	}
}

/* From behind a call on, that returned this; or from the function's beginning (CODE_NOWHERE). */
static struct ends walk_function(struct walk *walk, const struct code_function *function,
				 const struct code_flow *flow, unsigned depth, uint32_t call,
				 const struct code_numbers *numbers)
{
	struct visit visit = {
		.walk = walk,
		.function = function,
		.flow = flow,
		.depth = depth,
		.before = xcalloc(function->count, sizeof(*visit.before)),
		.reached = xcalloc(function->count, sizeof(*visit.reached)),
	};
	visit.escapes = code_frame_escapes(function, flow, depth);
	flow_to(&visit, call == CODE_NOWHERE ? function->entry : function->steps[call].next,
		numbers);
	visit_all(&visit);
	free(visit.before);
	free(visit.reached);
	return visit.ends;
}

/* NULL: it cannot be followed; that takes as long as one that is as long as can be. */
static struct code_function *function_read(struct walk *walk, uint64_t start)
{
	struct code_function *function = code_function_new(walk->code, start);
	const uint64_t steps = function ? function->count : CODE_MAX_INSTRUCTIONS;
	walk->steps_left -= walk->steps_left < steps ? walk->steps_left : steps;
	if (!function || (function->entry != CODE_NOWHERE && !code_comes_back_twice(function)))
		return function;
	code_function_free(function);
	return NULL;
}

static struct ends walk_call(struct walk *walk, uint64_t start, const struct code_values *values,
			     const struct code_numbers *numbers, unsigned depth)
{
	struct ends ends = {.failed = true};
	struct code_numbers given = *numbers;
	struct code_function *function =
		depth > REFUSED_MAX_DEPTH ? NULL : function_read(walk, start);
	struct code_flow *flow =
		function ? code_flow_new(function, values, depth, &walk->steps_left) : NULL;
	given.slot_count = 0;
	given.compared.known = false;
	if (flow)
		ends = walk_function(walk, function, flow, depth, CODE_NOWHERE, &given);
	code_flow_free(flow);
	code_function_free(function);
	return ends;
}

/* The function of a frame, and the call that it is in. */
struct frame {
	uint64_t start;
	struct code_function *function;
	struct code_flow *flow;
	uint32_t call;
};

static void frame_release(struct frame *frame)
{
	code_flow_free(frame->flow);
	code_function_free(frame->function);
}

static bool frame_read(struct walk *walk, uint64_t address, const struct code_values *given,
		       struct frame *frame)
{
	uint64_t end;
	*frame = (struct frame){.start = 0};
	if (!object_code_function(walk->code, address - 1, &frame->start, &end))
		return false;
	frame->function = function_read(walk, frame->start);
	if (!frame->function)
		return false;
	frame->call = code_call_before(frame->function, address);
	frame->flow = code_flow_new(frame->function, given, 0, &walk->steps_left);
	return frame->flow && frame->call != CODE_NOWHERE && frame->flow->reached[frame->call];
}

/* What the function is given that makes the call which returns to the first address: numbers, if
 * its caller says so (whether to wait, say). */
static struct code_values given_by_caller(struct walk *walk, const uint64_t *returns, size_t count)
{
	static const unsigned char arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9};
	struct code_values given = code_values_given();
	const struct code_values unknown = given;
	struct frame outer = {.start = 0};
	uint64_t start, end;
	if (count > 1 && object_code_function(walk->code, returns[0] - 1, &start, &end) &&
	    frame_read(walk, returns[1], &unknown, &outer) &&
	    outer.function->steps[outer.call].instruction.target == start)
		for (size_t i = 0; i < sizeof(arguments); i++) {
			const struct code_value *value =
				&outer.flow->before[outer.call].registers[arguments[i]];
			if (value->base == CODE_CONSTANT)
				given.registers[arguments[i]] = *value;
		}
	frame_release(&outer);
	return given;
}

/* What the lock's address is in the function that called the one with this value; of the try
 * itself, its argument. */
static struct code_value value_outside(const struct frame *frame, const struct code_value *inside)
{
	struct code_value value = {CODE_UNKNOWN, 0, 0};
	if (inside->base == CODE_CONSTANT || inside->base == CODE_VARIABLE)
		return *inside;
	if (inside->base != CODE_GIVEN)
		return value;
	value = frame->flow->before[frame->call].registers[inside->key];
	if (value.base != CODE_UNKNOWN)
		value.offset += inside->offset;
	return value;
}

/* Whether the function does nothing but jump to the try; *lock is its argument then. */
static bool only_tries(struct walk *walk, uint64_t start, struct code_value *lock)
{
	const struct code_values given = code_values_given();
	struct code_function *function = function_read(walk, start);
	struct code_flow *flow =
		function ? code_flow_new(function, &given, 0, &walk->steps_left) : NULL;
	uint32_t step = function ? function->entry : CODE_NOWHERE;
	bool tries = false;
	while (flow && step != CODE_NOWHERE) {
		const struct code_instruction *at = &function->steps[step].instruction;
		tries = at->kind == CODE_JUMP && at->import && flow->reached[step] &&
			strcmp(at->import, walk->family->try) == 0;
		if (tries)
			*lock = flow->before[step].registers[CODE_RDI];
		const bool goes_on = at->kind == CODE_PLAIN && at->effect != CODE_STORES &&
				     at->effect != CODE_SPOILS;
		step = goes_on ? function->steps[step].next : CODE_NOWHERE;
	}
	code_flow_free(flow);
	code_function_free(function);
	return tries;
}

/* Whether the frame made the call that the walk comes out of: of the function that begins at
 * `inner`; 0: of the try. */
static bool is_call_of(const struct frame *frame, struct walk *walk, uint64_t inner)
{
	const struct code_instruction *call = &frame->function->steps[frame->call].instruction;
	const char *import;
	if (inner)
		return call->target == inner;
	if (call->target)
		return only_tries(walk, call->target, &walk->lock);
	import = code_import_called(walk->code, call, &frame->flow->before[frame->call]);
	return import && strcmp(import, walk->family->try) == 0;
}

/* Whether nothing in the function may write another address where that of the lock was read, but
 * for the call that it is in. */
static bool is_quiet(const struct walk *walk, const struct frame *frame,
		     const struct code_value *lock)
{
	for (uint32_t i = 0; i < frame->function->count; i++) {
		const struct code_instruction *at = &frame->function->steps[i].instruction;
		const struct code_values *values = &frame->flow->before[i];
		const char *import = code_import_called(walk->code, at, values);
		if (!frame->flow->reached[i] || i == frame->call)
			continue;
		if (code_may_exchange(lock, at, values, 0) ||
		    code_call_may_exchange(lock, import, values, 0) ||
		    (at->kind == CODE_CALL &&
		     (!import || object_code_is_foreign(walk->code, import))))
			return false;
	}
	return true;
}

/* What the function has of the lock's address where it makes the call, and what it is then. */
static void find_lock(struct walk *walk, const struct frame *frame, uint64_t inner,
		      struct code_numbers *numbers)
{
	const struct code_value inside = walk->lock, anything = {CODE_MEMORY, 0, 0};
	const bool escapes = code_frame_escapes(frame->function, frame->flow, 0);
	const struct code_values *values = &frame->flow->before[frame->call];

	walk->lock = value_outside(frame, &inside);
	walk->quiet = false;
	if (inside.base == CODE_GIVEN) {
		const struct code_alias_call call = {frame->function,
						     frame->flow,
						     frame->call,
						     {walk->code, NULL, NULL, 0, !escapes}};
		walk->quiet = walk->still && is_quiet(walk, frame, &walk->lock);
		if (code_is_of_memory(&walk->lock) && !walk->quiet &&
		    !(walk->still && code_is_fresh(frame->function, frame->flow, frame->call,
						   (uint8_t)inside.key)))
			walk->lock.base = CODE_UNKNOWN;
		code_alias_find(&call, (unsigned)inside.key, inside.offset, numbers);
	}
	/* The try itself writes to the lock alone. */
	if (inner && (escapes || code_hands_out(values, 0)))
		numbers->slot_count = 0;
	numbers->old = UINT16_MAX;
	walk->still &= is_quiet(walk, frame, &anything);
}

/* Whether the walk can go on in the frame; `inner` is where the function begins that it called. */
static bool enter(struct walk *walk, struct frame *frame, uint64_t address,
		  const struct code_values *given, uint64_t inner, struct code_numbers *numbers)
{
	const bool told = walk->lock.base == CODE_GIVEN;

	if (!frame_read(walk, address, given, frame) || !is_call_of(frame, walk, inner))
		return false;
	find_lock(walk, frame, inner, numbers);
	return told || walk->lock.base != CODE_UNKNOWN;
}

/* `told`: by what the callers pass. */
static bool frames_wait(struct walk *walk, const uint64_t *returns, size_t count, bool told)
{
	struct ends ends = {.result = {walk->family->refused, UINT32_MAX, false}, .returned = true};
	uint64_t inner = 0;
	walk->lock = (struct code_value){CODE_GIVEN, CODE_RDI, 0};
	walk->still = true;
	walk->asked = false;
	for (size_t i = 0; i < count && ends.returned && !ends.failed; i++) {
		const struct code_values given =
			told ? given_by_caller(walk, returns + i, count - i) : code_values_given();
		struct code_numbers numbers = {.slot_count = 0};
		struct frame frame;
		ends.failed = !enter(walk, &frame, returns[i], &given, inner, &numbers);
		code_numbers_call(&numbers, ends.result, false);
		if (!ends.failed)
			ends = walk_function(walk, frame.function, frame.flow, 0, frame.call,
					     &numbers);
		inner = frame.start;
		frame_release(&frame);
	}
	return !ends.failed && !ends.returned && walk->asked;
}

bool code_refused_waits(const struct object_code *code, const uint64_t *returns, size_t count,
			const char *try, uint64_t *steps_left)
{
	const uint64_t steps = *steps_left < MAX_STEPS ? *steps_left : MAX_STEPS;
	struct walk walk = {.code = code, .family = family_of(try), .steps_left = steps};
	const size_t frames = count < REFUSED_MAX_FRAMES ? count : REFUSED_MAX_FRAMES;
	bool waits = walk.family && (frames_wait(&walk, returns, frames, false) ||
				     (frames > 1 && frames_wait(&walk, returns, frames, true)));
	*steps_left -= steps - walk.steps_left;
	return waits;
}
