/* Follows the one way on from a call, as long as there is just one. */
#include "code_idle.h"

#include <string.h>

#include "code_function.h"
#include "code_outward.h"

enum {
	MOST_STEPS = 64, /* behind the call, and in each function that is called then */
	MOST_CALLS = 3,	 /* one inside the other */
	/* RAX, RCX, RDX, RSI, RDI, R8 to R11: no call leaves what is in them (System V ABI). */
	SCRATCH = 0x0fc7,
};

static bool names_result(uint16_t registers)
{
	return registers & 1u << CODE_RAX;
}

/* Whether it may make something of the result. What a comparison reads beside `from` is not told,
 * nor what is read of a register that it changes. */
static bool may_look(const struct code_instruction *at)
{
	if (at->from == CODE_RAX && at->effect != CODE_NO_EFFECT)
		return true;
	if (at->effect == CODE_STORES && at->written == CODE_RAX)
		return true;
	return names_result(at->mixed) || names_result(at->clobbered) ||
	       at->spread != CODE_SPREAD_NOT || (at->flags && at->effect != CODE_SETS);
}

/* Whether what it writes may be there after the next call. */
static bool leaves_something(const struct code_instruction *at)
{
	return at->effect == CODE_STORES || at->effect == CODE_SPOILS || at->pushed ||
	       at->clobbered & ~SCRATCH ||
	       (code_writes_register(at) && !(SCRATCH & 1u << at->written));
}

/* Whether it writes the result over, and reads nothing of it. */
static bool is_overwritten(const struct code_instruction *at)
{
	if (at->from == CODE_RAX || names_result(at->mixed))
		return false;
	if (at->effect == CODE_LOOKS)
		return !at->flags && names_result(at->clobbered);
	return code_writes_register(at) && at->written == CODE_RAX;
}

/* What follows where there is no choice; CODE_NOWHERE. */
static uint32_t only_next(const struct code_step *step)
{
	if (step->instruction.kind == CODE_JUMP)
		return step->target;
	return step->instruction.kind == CODE_PLAIN ? step->next : CODE_NOWHERE;
}

/* Who asks for it may ask whether the try failed. */
static bool is_errno(const char *import)
{
	return strcmp(import, "__errno_location") == 0;
}

static bool is_ignored(const struct object_code *code, const struct code_function *function,
		       uint32_t i, unsigned calls);

/*
 * A function of the file itself is not as good as another one: the compiler knows which registers
 * it leaves alone, and may keep the result there. But it may be seen to write the result over.
 */
static bool callee_ignores(const struct object_code *code, uint64_t start, unsigned calls)
{
	struct code_function *function = calls ? code_function_new(code, start) : NULL;
	bool ignores = function && is_ignored(code, function, function->entry, calls - 1);

	code_function_free(function);
	return ignores;
}

/* From the step on; functions of the file are followed that many deep. */
static bool is_ignored(const struct object_code *code, const struct code_function *function,
		       uint32_t i, unsigned calls)
{
	for (unsigned count = 0; i != CODE_NOWHERE && count < MOST_STEPS; count++) {
		const struct code_step *step = &function->steps[i];
		const struct code_instruction *at = &step->instruction;
		/* Nobody is called with something in RAX: there it makes room on the stack. */
		const bool pushed = at->pushed > 0 && calls < MOST_CALLS;

		if (at->kind == CODE_CALL || (at->kind == CODE_JUMP && at->import))
			return at->import ? !is_errno(at->import)
					  : at->target && callee_ignores(code, at->target, calls);
		if (at->kind == CODE_PLAIN && !pushed && (is_overwritten(at) || may_look(at)))
			return is_overwritten(at);
		i = only_next(step);
	}
	return false;
}

/* Where the branch leads when 0 was compared so; CODE_NOWHERE: not known. */
static uint32_t way_of_success(const struct code_step *branch, const struct code_instruction *test)
{
	const bool equal = test->offset == 0;

	switch (branch->instruction.condition) {
	case CODE_IF_EQUAL:
		return equal ? branch->target : branch->next;
	case CODE_IF_NOT_EQUAL:
		return equal ? branch->next : branch->target;
	case CODE_IF_NEGATIVE:
		return equal ? branch->next : CODE_NOWHERE;
	case CODE_IF_NOT_NEGATIVE:
		return equal ? branch->target : CODE_NOWHERE;
	default:
		return CODE_NOWHERE;
	}
}

/* On the way on when it succeeded. */
struct success {
	const struct code_instruction *test; /* what the flags tell of the result; NULL: nothing */
	bool asked;			     /* it was branched by them */
};

/* What follows; CODE_NOWHERE: it is not known, or does something. */
static uint32_t next_of_success(const struct code_step *step, struct success *success)
{
	const struct code_instruction *at = &step->instruction;
	const bool tests = at->effect == CODE_COMPARES && at->from == CODE_RAX && at->bytes == 4 &&
			   (at->offset == 0 || at->offset == -1);

	if (at->kind == CODE_BRANCH) {
		if (!success->test || success->asked)
			return CODE_NOWHERE;
		success->asked = true;
		return way_of_success(step, success->test);
	}
	if (at->kind == CODE_PLAIN && leaves_something(at))
		return CODE_NOWHERE;
	if (at->kind == CODE_PLAIN && !success->asked) {
		if (!tests && (is_overwritten(at) || may_look(at)))
			return CODE_NOWHERE;
		success->test = tests ? at : at->flags ? NULL : success->test;
	}
	return only_next(step);
}

static bool is_drained(const struct code_function *function, uint32_t call)
{
	struct success success = {0};
	uint32_t i = function->steps[call].next;

	for (unsigned count = 0; i != CODE_NOWHERE && count < MOST_STEPS; count++) {
		if (i == call)
			return success.asked;
		i = next_of_success(&function->steps[i], &success);
	}
	return false;
}

static bool is_idle(const struct object_code *code, uint64_t address, bool may_be_drained)
{
	struct code_function *function;
	uint64_t start, end;
	uint32_t call;
	bool idle;

	if (!object_code_function(code, address - 1, &start, &end))
		return false;
	function = code_function_new(code, start);
	if (!function)
		return false;
	call = code_call_before(function, address);
	idle = call != CODE_NOWHERE && !code_comes_back_twice(function) &&
	       (is_ignored(code, function, function->steps[call].next, MOST_CALLS) ||
		(may_be_drained && is_drained(function, call)));
	code_function_free(function);
	return idle;
}

bool code_try_is_idle(const struct object_code *code, uint64_t address)
{
	return is_idle(code, address, true);
}

bool code_result_is_ignored(const struct object_code *code, uint64_t address)
{
	return is_idle(code, address, false);
}
