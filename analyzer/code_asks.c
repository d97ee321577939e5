/* Marks the questions of a function, and looks for a way around them. */
#include "code_asks.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Instructions between a branch and the wait that it leads straight to. */
#define STRAIGHT_REACH 64u

/* Functions that wait for the condition that is their first argument. */
static const struct {
	const char *name;
	bool limited;
} waits[] = {
	{"_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", false},
	{"cnd_timedwait", true},
	{"cnd_wait", false},
	{"g_cond_wait", false},
	{"g_cond_wait_until", true},
	{"pthread_cond_clockwait", true},
	{"pthread_cond_timedwait", true},
	{"pthread_cond_wait", false},
};

enum ask {
	ASKS_NOT,
	ASKS_ONCE,    /* waits, and does not look whether what it waited for is so */
	ASKS_UNTIL,   /* does */
	ASKS_LIMITED, /* may stop waiting */
};

struct explored {
	UT_hash_handle hh;
	uint64_t start;
	struct code_function *function;	     /* NULL: cannot be read */
	unsigned char waits[ASKS_MAX_DEPTH]; /* through so many functions; 0: not known, 1: no */
};

struct asks {
	struct object_code *code;
	struct explored *functions;
	size_t instructions; /* of these */
	uint64_t steps_left;
};

static bool imports_wait(const struct object_code *code)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++)
		if (!waits[i].limited && object_code_imports(code, waits[i].name))
			return true;
	return false;
}

struct asks *asks_new(const struct object_file *object)
{
	struct object_code *code = object_code_new(object);
	if (!code || !imports_wait(code)) {
		object_code_free(code);
		return NULL;
	}
	struct asks *asks = xcalloc(1, sizeof(*asks));
	asks->code = code;
	asks->steps_left = ASKS_MAX_STEPS;
	return asks;
}

void asks_free(struct asks *asks)
{
	struct explored *explored, *next;
	if (!asks)
		return;
	HASH_ITER (hh, asks->functions, explored, next) {
		HASH_DEL(asks->functions, explored);
		code_function_free(explored->function);
		free(explored);
	}
	object_code_free(asks->code);
	free(asks);
}

const struct object_code *asks_code(const struct asks *asks)
{
	return asks->code;
}

static struct explored *explore(struct asks *asks, uint64_t start)
{
	struct explored *explored;
	HASH_FIND(hh, asks->functions, &start, sizeof(start), explored);
	if (explored || asks->instructions >= ASKS_MAX_INSTRUCTIONS)
		return explored;
	explored = xcalloc(1, sizeof(*explored));
	explored->start = start;
	explored->function = code_function_new(asks->code, start);
	asks->instructions +=
		explored->function ? explored->function->count : CODE_MAX_INSTRUCTIONS;
	HASH_ADD(hh, asks->functions, start, sizeof(start), explored);
	return explored;
}

const struct code_function *asks_function(struct asks *asks, uint64_t start)
{
	struct explored *explored = explore(asks, start);
	return explored ? explored->function : NULL;
}

struct code_flow *asks_flow(struct asks *asks, const struct code_function *function,
			    const struct code_values *given, unsigned depth)
{
	return code_flow_new(function, given, depth, &asks->steps_left);
}

static enum ask wait_called(const char *name)
{
	for (size_t i = 0; name && i < sizeof(waits) / sizeof(*waits); i++)
		if (strcmp(name, waits[i].name) == 0)
			return waits[i].limited ? ASKS_LIMITED : ASKS_ONCE;
	return ASKS_NOT;
}

static enum ask wait_of(const struct object_code *code, const struct code_instruction *instruction,
			const struct code_values *values)
{
	const struct code_value *called;
	if (instruction->kind != CODE_CALL || instruction->through == CODE_NO_REGISTER)
		return wait_called(instruction->import);
	called = &values->registers[instruction->through];
	return called->base == CODE_VARIABLE && called->offset == 0
		       ? wait_called(object_code_import_at(code, called->key))
		       : ASKS_NOT;
}

/* Whether a function that waits is called there, or may be with the address that is loaded. */
static bool may_wait_at(const struct object_code *code, const struct code_instruction *instruction)
{
	const char *name = instruction->import;
	if (instruction->effect == CODE_LOADS && instruction->from == CODE_NO_REGISTER)
		name = object_code_import_at(code, (uint64_t)instruction->offset);
	return wait_called(name) != ASKS_NOT;
}

static bool is_call_within(const struct code_instruction *instruction)
{
	return instruction->kind == CODE_CALL && instruction->target;
}

/* Whether the function waits for anything at all, through so many functions. */
static bool may_wait(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = explore(asks, start);
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

/* What steps are marked as, beside CODE_WAY (code_ways.h). */
enum mark {
	MARK_REACHED = 2, /* by ways from the one place to the other */
	MARK_BRANCH = 4,  /* decides whether to wait */
	MARK_UNTIL = 8,	  /* asks in a function of its own */
	MARK_ONCE = 16,
};

static enum ask function_asks(struct asks *asks, uint64_t start, const struct code_values *given,
			      unsigned depth, const struct condition_test *test);

/* What the call at that step is for the condition. */
static enum ask call_asks(struct asks *asks, const struct code_function *function,
			  const struct code_flow *flow, uint32_t step, unsigned depth,
			  const struct condition_test *test)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	const struct code_values *values = &flow->before[step];
	enum ask wait = wait_of(asks->code, at, values);
	if (wait == ASKS_LIMITED && values->registers[CODE_RDI].base == CODE_UNKNOWN)
		return wait;
	if (wait != ASKS_NOT)
		return test->is_condition(test, &values->registers[CODE_RDI]) ? wait : ASKS_NOT;
	if (depth + 1 > ASKS_MAX_DEPTH || !is_call_within(at))
		return ASKS_NOT;
	if (!may_wait(asks, at->target, ASKS_MAX_DEPTH - depth - 1))
		return ASKS_NOT;
	return function_asks(asks, at->target, values, depth + 1, test);
}

/* The same for a function as a whole. */
static enum ask function_asks(struct asks *asks, uint64_t start, const struct code_values *given,
			      unsigned depth, const struct condition_test *test)
{
	const struct code_function *function = asks_function(asks, start);
	struct code_flow *flow = NULL;
	enum ask all = ASKS_NOT;
	if (function)
		flow = asks_flow(asks, function, given, depth);
	if (!flow)
		return ASKS_NOT;
	struct code_marks marks = {function, xcalloc(function->count, 1)};
	for (uint32_t i = 0; i < function->count && all != ASKS_LIMITED; i++) {
		enum ask ask = ASKS_NOT;
		if (flow->reached[i])
			ask = call_asks(asks, function, flow, i, depth, test);
		if (ask == ASKS_ONCE) {
			const struct code_way round = {i, i, 0, CODE_NOWHERE, CODE_NOWHERE, false};
			ask = code_is_way(&marks, &round) ? ASKS_UNTIL : ASKS_ONCE;
		}
		all = ask > all ? ask : all;
	}
	free(marks.of);
	code_flow_free(flow);
	return all;
}

/* Whether the step leads straight to a wait: nothing is decided on the way. */
static bool is_straight(const struct code_marks *marks, uint32_t step, uint32_t to)
{
	for (unsigned i = 0; i < STRAIGHT_REACH && step != CODE_NOWHERE && step != to; i++) {
		const struct code_step *at = &marks->function->steps[step];
		if (marks->of[step] & MARK_ONCE)
			return true;
		if (at->instruction.kind == CODE_BRANCH || at->instruction.kind == CODE_INDIRECT)
			return false;
		step = at->instruction.kind == CODE_JUMP ? at->target : at->next;
	}
	return false;
}

/* Marks what decides whether to wait: branches, or all that a loop with the wait does before it. */
static void mark_decisions(struct asks *asks, const struct code_marks *marks, uint32_t from,
			   uint32_t to)
{
	const struct code_function *function = marks->function;
	for (uint32_t i = 0; i < function->count; i++)
		if (function->steps[i].instruction.kind == CODE_BRANCH &&
		    is_straight(marks, function->steps[i].next, to) !=
			    is_straight(marks, function->steps[i].target, to))
			marks->of[i] |= MARK_BRANCH;
	for (uint32_t i = 0; i < function->count; i++) {
		const uint64_t work = (uint64_t)function->count * CODE_MAX_MEETINGS;
		if (!(marks->of[i] & MARK_ONCE) || asks->steps_left < work)
			continue;
		asks->steps_left -= work;
		uint32_t head = code_loop_around(marks, from, i, to);
		if (head != CODE_NOWHERE)
			marks->of[head] |= MARK_BRANCH;
	}
}

/* Marks the questions among the steps that were reached. */
static void mark_questions(struct asks *asks, const struct code_marks *marks,
			   const struct code_flow *flow, unsigned depth,
			   const struct condition_test *test)
{
	for (uint32_t i = 0; i < marks->function->count; i++) {
		if (!flow->reached[i] || !(marks->of[i] & MARK_REACHED))
			continue;
		enum ask ask = call_asks(asks, marks->function, flow, i, depth, test);
		if (ask == ASKS_ONCE || ask == ASKS_UNTIL)
			marks->of[i] |= ask == ASKS_ONCE ? MARK_ONCE : MARK_UNTIL;
	}
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

bool asks_between(struct asks *asks, const struct code_function *function,
		  const struct code_flow *flow, uint32_t from, uint32_t to, unsigned depth,
		  const struct condition_test *test)
{
	struct code_marks marks = {function, xcalloc(function->count, 1)};
	struct code_way unasked = {.from = from,
				   .to = to,
				   .avoiding = MARK_UNTIL | MARK_BRANCH | MARK_ONCE,
				   .around = CODE_NOWHERE,
				   .beside = CODE_NOWHERE,
				   .unknown = true};
	bool asked = mark_reached(&marks, from, to);
	if (asked) {
		mark_questions(asks, &marks, flow, depth, test);
		mark_decisions(asks, &marks, from, to);
		asked = !code_is_way(&marks, &unasked);
	}
	/* After a wait there has to be a question. */
	unasked.avoiding = MARK_UNTIL | MARK_BRANCH;
	for (uint32_t i = 0; asked && i < function->count; i++) {
		unasked.from = i;
		asked = !(marks.of[i] & MARK_ONCE) || !code_is_way(&marks, &unasked);
	}
	free(marks.of);
	return asked;
}
