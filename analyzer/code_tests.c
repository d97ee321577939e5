#include "code_tests.h"

/* Instructions between a test and the branch that goes by it. */
#define TEST_REACH 8u

/* The step of the test that a branch goes by; CODE_NOWHERE: not known. */
static uint32_t test_of(const struct code_function *function, uint32_t branch)
{
	for (uint32_t i = branch; i > 0 && branch - i < TEST_REACH; i--) {
		const struct code_instruction *at = &function->steps[i - 1].instruction;
		if (at->address + at->length != function->steps[i].instruction.address)
			break;
		if (at->flags)
			return at->test == CODE_NO_TEST ? CODE_NOWHERE : i - 1;
	}
	return CODE_NOWHERE;
}

/* What a test is about, as far as that is known. */
struct subject {
	struct code_value place; /* in memory; CODE_UNKNOWN: it is none, or not known */
	uint64_t target;	 /* of the call that returned it; 0: of none */
	const char *import;	 /* the same; NULL */
	bool part;		 /* something was made of it, as when some of its bits are picked */
};

static struct code_value place_of(const struct code_function *function,
				  const struct code_flow *flow, uint32_t step)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	if (at->from == CODE_NO_REGISTER)
		return (struct code_value){CODE_CONSTANT, 0, (uint64_t)at->offset};
	struct code_value place = flow->before[step].registers[at->from];
	if (place.base != CODE_UNKNOWN)
		place.offset += (uint64_t)at->offset;
	return place;
}

/* The step before that one, if the other only follows it; CODE_NOWHERE. */
static uint32_t step_before(const struct code_function *function, uint32_t step)
{
	if (step == 0)
		return CODE_NOWHERE;
	const struct code_instruction *at = &function->steps[step - 1].instruction;
	bool follows = at->kind == CODE_PLAIN || at->kind == CODE_CALL;
	return follows && at->address + at->length == function->steps[step].instruction.address
		       ? step - 1
		       : CODE_NOWHERE;
}

/* Notes where the number in a register comes from. */
static void trace_back(const struct code_function *function, const struct code_flow *flow,
		       uint32_t step, uint8_t number, struct subject *subject)
{
	for (unsigned i = 0; i < TEST_REACH; i++) {
		step = step_before(function, step);
		if (step == CODE_NOWHERE)
			return;
		const struct code_instruction *at = &function->steps[step].instruction;
		bool sets = code_writes_register(at) && at->written == number;
		if (at->kind == CODE_CALL && number == CODE_RAX) {
			subject->target = at->target;
			subject->import = at->import;
		}
		if (at->kind == CODE_CALL)
			return;
		if (sets && at->effect != CODE_LOADS) {
			if (at->from == CODE_NO_REGISTER)
				return;
			number = at->from;
		} else if (sets || (at->effect == CODE_LOOKS && at->clobbered & 1u << number)) {
			subject->place = place_of(function, flow, step);
			return;
		} else if (at->clobbered & 1u << number) {
			if (!at->mixed || at->mixed & (at->mixed - 1u))
				return;
			number = (uint8_t)__builtin_ctz(at->mixed);
			subject->part = true;
		}
	}
}

static struct subject subject_of(const struct code_function *function, const struct code_flow *flow,
				 uint32_t test)
{
	const struct code_instruction *at = &function->steps[test].instruction;
	struct subject subject = {.place.base = CODE_UNKNOWN};
	if (at->effect == CODE_LOOKS)
		subject.place = place_of(function, flow, test);
	else if (at->effect == CODE_COMPARES || at->test == CODE_TESTS_BITS)
		trace_back(function, flow, test, at->from, &subject);
	return subject;
}

static bool is_known(const struct subject *subject)
{
	return subject->place.base != CODE_UNKNOWN || subject->target || subject->import;
}

static bool is_same(const struct subject *one, const struct subject *other)
{
	return one->place.base == other->place.base && one->place.key == other->place.key &&
	       one->place.offset == other->place.offset && one->target == other->target &&
	       one->import == other->import;
}

static bool is_truth(int64_t number)
{
	return number == 0 || number == 1;
}

bool code_may_test_same(const struct code_function *function, const struct code_flow *flow,
			uint32_t one, uint32_t other)
{
	uint32_t a = test_of(function, one), b = test_of(function, other);
	if (a == CODE_NOWHERE || b == CODE_NOWHERE)
		return a == b;
	const struct code_instruction *first = &function->steps[a].instruction;
	const struct code_instruction *second = &function->steps[b].instruction;
	const struct subject here = subject_of(function, flow, a);
	const struct subject there = subject_of(function, flow, b);
	bool known = is_known(&here) && is_known(&there);
	if (is_known(&here) != is_known(&there) || (known && !is_same(&here, &there)))
		return false;
	if (first->test == CODE_TESTS_BITS && second->test == CODE_TESTS_BITS)
		return first->against == second->against;
	const bool alike = first->test == second->test && first->against == second->against;
	/* Two bits that are compared with a number at once are not one of them. */
	if (known && (here.part || there.part))
		return here.part && there.part && alike;
	/* The same place may be looked at in several ways: a bool beside 0, or beside 1. */
	return known || alike ||
	       (first->test == second->test && is_truth(first->against) &&
		is_truth(second->against));
}
