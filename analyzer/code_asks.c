/* Marks the questions of a function, and looks for a way around them. */
#include "code_early.h"
#include "code_explored.h"
#include "code_outward.h"
#include "code_releases.h"
#include "code_starts.h"
#include "code_tests.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Instructions between a branch and the waits that it leads straight to, on all ways together. */
#define STRAIGHT_REACH 128u

/* Functions that wait for the condition that is their first argument, with the lock that is the
 * second one. */
static const struct wait_function {
	const char *name;
	bool limited;
	bool hidden; /* the lock is in an object */
} waits[] = {
	{"_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", false, true},
	{"cnd_timedwait", true, false},
	{"cnd_wait", false, false},
	{"g_cond_wait", false, false},
	{"g_cond_wait_until", true, false},
	{"pthread_cond_clockwait", true, false},
	{"pthread_cond_timedwait", true, false},
	{"pthread_cond_wait", false, false},
};

enum ask {
	ASKS_NOT,
	ASKS_ONCE,    /* waits, or asks, and does not ask again after the wait */
	ASKS_UNTIL,   /* does */
	ASKS_LIMITED, /* may stop waiting */
};

static bool imports_wait(const struct object_code *code)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++)
		if (object_code_imports(code, waits[i].name))
			return true;
	return false;
}

struct asks *asks_new(struct object_file *object)
{
	struct object_code *code = object_code_new(object);
	if (!code || !imports_wait(code)) {
		object_code_free(code);
		return NULL;
	}
	struct asks *asks = xcalloc(1, sizeof(*asks));
	asks->object = object;
	asks->code = code;
	asks->steps_left = ASKS_MAX_STEPS;
	return asks;
}

static const struct wait_function *wait_called(const char *name)
{
	for (size_t i = 0; name && i < sizeof(waits) / sizeof(*waits); i++)
		if (strcmp(name, waits[i].name) == 0)
			return &waits[i];
	return NULL;
}

unsigned asks_lock_register(const char *import)
{
	const struct wait_function *wait = wait_called(import);
	if (wait && wait->hidden)
		return CODE_NO_REGISTER;
	return wait ? CODE_RSI : CODE_RDI;
}

/* Whether a function that waits is called there, or may be with the address that is loaded. */
static bool may_wait_at(const struct object_code *code, const struct code_instruction *instruction)
{
	const char *name = instruction->import;
	if (instruction->effect == CODE_LOADS && instruction->from == CODE_NO_REGISTER)
		name = object_code_import_at(code, (uint64_t)instruction->offset, true);
	return wait_called(name);
}

static bool is_call_within(const struct code_instruction *instruction)
{
	return instruction->kind == CODE_CALL && instruction->target;
}

/* Whether the function waits for anything at all, through so many functions. */
static bool may_wait(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return false;
	if (explored->waits[depth])
		return explored->waits[depth] > 1;
	explored->waits[depth] = 1; /* also while it is looked at: recursion adds nothing */
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		bool waits = may_wait_at(asks->code, at) ||
			     (depth && is_call_within(at) && may_wait(asks, at->target, depth - 1));
		if (!waits)
			continue;
		explored->waits[depth] = 2;
		return true;
	}
	return false;
}

struct code_flow *asks_flow(struct asks *asks, const struct code_function *function,
			    const struct code_values *given, unsigned depth)
{
	struct code_flow *flow = code_flow_new(function, given, depth, &asks->steps_left);
	for (uint32_t i = 0; flow && i < function->count; i++)
		if (function->steps[i].landing != CODE_NOWHERE &&
		    !asks_call_throws(asks, &function->steps[i].instruction, &flow->before[i],
				      ASKS_MAX_DEPTH))
			flow->ways[i] &= (unsigned char)~CODE_WAY_LANDING;
	return flow;
}

/* What steps are marked as, beside CODE_WAY (code_ways.h). */
enum mark {
	MARK_REACHED = 2, /* by ways from the one place to the other */
	MARK_BRANCH = 4,  /* decides whether to wait */
	MARK_UNTIL = 8,	  /* asks in a function of its own */
	MARK_ONCE = 16,
	MARK_AFTER = 32,    /* on ways from such a wait */
	MARK_STRAIGHT = 64, /* a branch that leads straight to a wait, or around it */
};

/* Whether something that is thrown may leave the function on the ways that were searched last. */
static bool may_be_thrown_out(struct asks *asks, const struct code_marks *marks)
{
	for (uint32_t i = 0; i < marks->function->count; i++) {
		const struct code_step *step = &marks->function->steps[i];
		const struct code_instruction *at = &step->instruction;
		bool calls = at->kind == CODE_CALL || at->kind == CODE_INDIRECT || at->import;
		if (at->import && code_import_ends_program(at->import))
			continue;
		if (marks->of[i] & CODE_WAY && marks->flow->reached[i] && calls &&
		    step->landing == CODE_NOWHERE &&
		    asks_call_throws(asks, at, &marks->flow->before[i], ASKS_MAX_DEPTH))
			return true;
	}
	return false;
}

static enum ask function_asks(struct asks *asks, uint64_t start, const struct code_values *given,
			      unsigned depth, const struct condition_test *test);

/* What waiting there is for the condition. */
static enum ask wait_asks(const struct wait_function *wait, const struct code_values *values,
			  const struct condition_test *test)
{
	const struct code_value *condition = &values->registers[CODE_RDI];
	if (wait->limited && (condition->base == CODE_UNKNOWN || condition->base == CODE_RESULT))
		return ASKS_LIMITED;
	if (!test->is_condition(test, condition))
		return ASKS_NOT;
	if (wait->limited && !test->at_start)
		return ASKS_LIMITED;
	bool gives = wait->hidden ? test->alone : test->is_lock(test, &values->registers[CODE_RSI]);
	return gives ? ASKS_ONCE : ASKS_NOT;
}

/* What the call at that step is for the condition. */
static enum ask call_asks(struct asks *asks, const struct code_function *function,
			  const struct code_flow *flow, uint32_t step, unsigned depth,
			  const struct condition_test *test)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	const struct code_values *values = &flow->before[step];
	const struct wait_function *wait = wait_called(code_import_called(asks->code, at, values));
	if (wait)
		return wait_asks(wait, values, test);
	if (depth + 1 > ASKS_MAX_DEPTH || !is_call_within(at))
		return ASKS_NOT;
	if (!may_wait(asks, at->target, ASKS_MAX_DEPTH - depth - 1))
		return ASKS_NOT;
	return function_asks(asks, at->target, values, depth + 1, test);
}

/* Whether the step is a branch that may go either way. */
static bool is_open(const struct code_marks *marks, uint32_t step)
{
	const unsigned char both = CODE_WAY_NEXT | CODE_WAY_TARGET;
	return marks->function->steps[step].instruction.kind == CODE_BRANCH &&
	       (marks->flow->ways[step] & both) == both;
}

/* Whether every way from the step leads to a wait, among so many steps: a branch on the way, as one
 * that works out a limit of time, decides nothing. */
static bool all_ways_wait(struct asks *asks, const struct code_marks *marks, uint32_t step,
			  uint32_t to, unsigned *left)
{
	for (; *left && step != CODE_NOWHERE && step != to; --*left) {
		const struct code_step *at = &marks->function->steps[step];
		unsigned char ways = marks->flow->ways[step];
		if (marks->of[step] & MARK_ONCE)
			return true;
		if (at->instruction.kind == CODE_INDIRECT)
			return false;
		if (is_call_within(&at->instruction) && !asks_returns(asks, at->instruction.target))
			return false;
		if (is_open(marks, step) && !all_ways_wait(asks, marks, at->next, to, left))
			return false;
		step = at->target != CODE_NOWHERE && ways & CODE_WAY_TARGET ? at->target : at->next;
	}
	return false;
}

static bool is_straight(struct asks *asks, const struct code_marks *marks, uint32_t step,
			uint32_t to)
{
	unsigned left = STRAIGHT_REACH;
	return all_ways_wait(asks, marks, step, to, &left);
}

static void mark_after(struct asks *asks, const struct code_marks *marks, uint32_t to)
{
	const uint32_t count = marks->function->count;
	for (uint32_t i = 0; i < count && asks->steps_left >= count; i++) {
		const struct code_way any = {i, to, 0, CODE_NOWHERE, CODE_NOWHERE, false};
		if (!(marks->of[i] & MARK_ONCE) || marks->of[i] & MARK_AFTER)
			continue;
		asks->steps_left -= count;
		code_is_way(marks, &any);
		for (uint32_t j = 0; j < count; j++)
			if (marks->of[j] & CODE_WAY)
				marks->of[j] |= MARK_AFTER;
	}
}

static void mark_straight(struct asks *asks, const struct code_marks *marks, uint32_t to)
{
	const struct code_function *function = marks->function;
	for (uint32_t i = 0; i < function->count; i++)
		if (is_open(marks, i) &&
		    is_straight(asks, marks, function->steps[i].next, to) !=
			    is_straight(asks, marks, function->steps[i].target, to))
			marks->of[i] |= MARK_STRAIGHT;
}

/* Whether a branch that leads straight to a wait asks for what is asked for after it, too. */
static bool is_question(const struct code_marks *marks, uint32_t branch)
{
	if (marks->of[branch] & MARK_AFTER)
		return true;
	for (uint32_t i = 0; i < marks->function->count; i++)
		if ((marks->of[i] & (MARK_AFTER | MARK_STRAIGHT)) == (MARK_AFTER | MARK_STRAIGHT) &&
		    code_may_test_same(marks->function, marks->flow, branch, i))
			return true;
	return false;
}

/* Whether the branch leads to the wait at the start. */
static bool waits_at_start(struct asks *asks, const struct code_marks *marks, uint32_t branch,
			   uint32_t to, unsigned depth, const struct condition_test *test,
			   const struct code_written *written)
{
	uint32_t next = code_branch_at_start(asks->code, marks->function, marks->flow, depth,
					     branch, test->variable, test->object, written);
	return next != CODE_NOWHERE && is_straight(asks, marks, next, to);
}

/* Leaves out what asks for something that the function may itself have written before. */
static void unmark_written(struct asks *asks, const struct code_marks *marks, uint32_t from,
			   uint32_t to, unsigned depth, const struct condition_test *test)
{
	const uint32_t count = marks->function->count;
	const unsigned questions = MARK_UNTIL | MARK_BRANCH | MARK_ONCE;
	const struct code_way unasked = {from, to, questions, CODE_NOWHERE, CODE_NOWHERE, true};
	for (bool less = true; less;) {
		struct code_written written = {.anywhere = asks->steps_left < count,
					       .early = asks_early(asks),
					       .test = test};
		asks->steps_left -= written.anywhere ? 0 : count;
		less = false;
		code_is_way(marks, &unasked);
		for (uint32_t i = 0; i < count; i++)
			if (marks->of[i] & CODE_WAY && marks->flow->reached[i])
				code_written_add(&written, asks->code, marks->function, marks->flow,
						 depth, i);
		for (uint32_t i = 0; i < count; i++) {
			unsigned lost = 0;
			if (marks->of[i] & MARK_BRANCH &&
			    !waits_at_start(asks, marks, i, to, depth, test, &written))
				lost = MARK_BRANCH;
			if (marks->of[i] & MARK_UNTIL && (written.count || written.anywhere))
				lost |= MARK_UNTIL;
			marks->of[i] &= (unsigned char)~lost;
			less |= lost;
		}
	}
}

/* Marks what decides whether to wait: branches, or all that a loop with the wait does before it. */
static void mark_decisions(struct asks *asks, const struct code_marks *marks, uint32_t from,
			   uint32_t to, unsigned depth, const struct condition_test *test)
{
	const struct code_function *function = marks->function;
	mark_after(asks, marks, to);
	mark_straight(asks, marks, to);
	for (uint32_t i = 0; i < function->count; i++)
		if (marks->of[i] & MARK_STRAIGHT && is_question(marks, i) &&
		    (!test->at_start || waits_at_start(asks, marks, i, to, depth, test, NULL)))
			marks->of[i] |= MARK_BRANCH;
	if (test->at_start)
		unmark_written(asks, marks, from, to, depth, test);
	for (uint32_t i = 0; i < function->count && !test->at_start; i++) {
		const uint64_t work = (uint64_t)function->count * CODE_MAX_MEETINGS;
		if (!(marks->of[i] & MARK_ONCE) || asks->steps_left < work)
			continue;
		asks->steps_left -= work;
		uint32_t head = code_loop_around(marks, from, i, to);
		if (head != CODE_NOWHERE)
			marks->of[head] |= MARK_BRANCH;
	}
}

/* Marks the questions among the steps that were reached; the strongest of them, or a limited one.
 */
static enum ask mark_questions(struct asks *asks, const struct code_marks *marks, unsigned depth,
			       const struct condition_test *test)
{
	enum ask all = ASKS_NOT;
	for (uint32_t i = 0; i < marks->function->count && all != ASKS_LIMITED; i++) {
		if (!marks->flow->reached[i] || !(marks->of[i] & MARK_REACHED))
			continue;
		enum ask ask = call_asks(asks, marks->function, marks->flow, i, depth, test);
		if (ask == ASKS_ONCE || ask == ASKS_UNTIL)
			marks->of[i] |= ask == ASKS_ONCE ? MARK_ONCE : MARK_UNTIL;
		all = ask > all ? ask : all;
	}
	return all;
}

static bool mark_reached(const struct code_marks *marks, uint32_t from, uint32_t to)
{
	const struct code_way any = {from, to, 0, CODE_NOWHERE, CODE_NOWHERE, false};
	bool reached = code_is_way(marks, &any);
	for (uint32_t i = 0; i < marks->function->count; i++)
		if (marks->of[i] & CODE_WAY)
			marks->of[i] |= MARK_REACHED;
	return reached;
}

/*
 * Whether the function may be left behind `from`, called again, and come to `to`, all unasked: who
 * holds a lock across calls of one function has it from another call than the one that joins.
 */
static bool comes_again(struct asks *asks, const struct code_marks *marks, uint32_t from,
			uint32_t to)
{
	const unsigned questions = MARK_UNTIL | MARK_BRANCH;
	const struct code_way out = {from, ASKS_RETURN, questions, to, CODE_NOWHERE, true};
	const struct code_way in = {CODE_NOWHERE, to, questions, from, CODE_NOWHERE, true};
	return from != CODE_NOWHERE && to != ASKS_RETURN &&
	       (code_is_way(marks, &out) || may_be_thrown_out(asks, marks)) &&
	       code_is_way(marks, &in);
}

/* Whether the lock may be given back on the ways that were searched last. */
static bool may_be_given_back(struct asks *asks, const struct code_marks *marks, uint32_t from)
{
	for (uint32_t i = 0; i < marks->function->count; i++) {
		const struct code_instruction *at = &marks->function->steps[i].instruction;
		bool calls = at->kind == CODE_CALL || at->kind == CODE_INDIRECT || at->import;
		if (i == from || !(marks->of[i] & CODE_WAY) || !marks->flow->reached[i] || !calls)
			continue;
		const char *import = code_import_called(asks->code, at, &marks->flow->before[i]);
		if (!import || !(code_import_keeps_locks(asks->code, import) ||
				 code_import_ends_program(import)))
			return true;
	}
	return false;
}

/* What the marked questions are for all ways together. */
static enum ask ways_ask(struct asks *asks, const struct code_marks *marks, uint32_t from,
			 uint32_t to, bool at_once)
{
	const uint32_t count = marks->function->count;
	struct code_way unasked = {.from = from,
				   .to = to,
				   .avoiding = MARK_UNTIL | MARK_BRANCH | MARK_ONCE,
				   .around = CODE_NOWHERE,
				   .beside = CODE_NOWHERE,
				   .unknown = true};
	if (code_is_way(marks, &unasked) || (at_once && may_be_given_back(asks, marks, from)))
		return ASKS_NOT;
	/* What is thrown out of a function that begins with the lock goes on somewhere, too. */
	if (from != CODE_NOWHERE && to == ASKS_RETURN && may_be_thrown_out(asks, marks))
		return ASKS_NOT;
	if (comes_again(asks, marks, from, to))
		return ASKS_NOT;
	/* After a wait there has to be a question. */
	unasked.avoiding = MARK_UNTIL | MARK_BRANCH;
	for (uint32_t i = 0; i < count; i++) {
		if (!(marks->of[i] & MARK_ONCE))
			continue;
		unasked.from = i;
		if (asks->steps_left < count || code_is_way(marks, &unasked))
			return ASKS_ONCE;
		asks->steps_left -= count;
	}
	return ASKS_UNTIL;
}

static enum ask between(struct asks *asks, const struct code_function *function,
			const struct code_flow *flow, uint32_t from, uint32_t to, unsigned depth,
			const struct condition_test *test)
{
	struct code_marks marks = {function, flow, xcalloc(function->count, 1)};
	enum ask ask = ASKS_NOT;
	if (mark_reached(&marks, from, to))
		ask = mark_questions(asks, &marks, depth, test);
	if (ask == ASKS_ONCE || ask == ASKS_UNTIL) {
		mark_decisions(asks, &marks, from, to, depth, test);
		ask = ways_ask(asks, &marks, from, to, test->at_start);
	}
	free(marks.of);
	return ask;
}

static enum ask function_asks(struct asks *asks, uint64_t start, const struct code_values *given,
			      unsigned depth, const struct condition_test *test)
{
	const struct code_function *function = asks_function(asks, start);
	struct code_flow *flow = function ? asks_flow(asks, function, given, depth) : NULL;
	enum ask ask = ASKS_NOT;
	if (flow)
		ask = between(asks, function, flow, CODE_NOWHERE, ASKS_RETURN, depth, test);
	code_flow_free(flow);
	return ask;
}

bool asks_between(struct asks *asks, const struct code_function *function,
		  const struct code_flow *flow, uint32_t from, uint32_t to, unsigned depth,
		  const struct condition_test *test)
{
	return between(asks, function, flow, from, to, depth, test) == ASKS_UNTIL;
}
