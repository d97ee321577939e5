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

/* The place in memory that is looked at; CODE_UNKNOWN: it is none, or not known. */
static struct code_value place_of(const struct code_function *function,
				  const struct code_flow *flow, uint32_t test)
{
	const struct code_instruction *at = &function->steps[test].instruction;
	struct code_value place = {CODE_UNKNOWN, 0, 0};
	if (at->effect != CODE_LOOKS)
		return place;
	if (at->from == CODE_NO_REGISTER)
		return (struct code_value){CODE_CONSTANT, 0, (uint64_t)at->offset};
	place = flow->before[test].registers[at->from];
	if (place.base != CODE_UNKNOWN)
		place.offset += (uint64_t)at->offset;
	return place;
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
		return true;
	const struct code_instruction *first = &function->steps[a].instruction;
	const struct code_instruction *second = &function->steps[b].instruction;
	struct code_value here = place_of(function, flow, a), there = place_of(function, flow, b);
	bool known = here.base != CODE_UNKNOWN && there.base != CODE_UNKNOWN;
	if (known &&
	    (here.base != there.base || here.key != there.key || here.offset != there.offset))
		return false;
	if (first->test == CODE_TESTS_BITS && second->test == CODE_TESTS_BITS)
		return first->against == second->against;
	/* The same place may be looked at in several ways: a bool beside 0, or beside 1. */
	return known || (first->test == second->test &&
			 (first->against == second->against ||
			  (is_truth(first->against) && is_truth(second->against))));
}
