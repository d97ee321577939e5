#include "code_escapes.h"

static bool is_in_frame(const struct code_value *value, unsigned depth)
{
	return value->base == CODE_FRAME && value->key == depth;
}

bool code_hands_out(const struct code_values *values, unsigned depth)
{
	/* R10 is the frame that a function of GNU C is nested in. */
	static const unsigned char arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9, 10};
	for (size_t i = 0; i < sizeof(arguments); i++)
		if (is_in_frame(&values->registers[arguments[i]], depth))
			return true;
	return false;
}

/* Whether the register has a place in the frame behind the step. */
static bool leaves_place(const struct code_instruction *at, const struct code_values *values,
			 unsigned depth, uint8_t number)
{
	if (at->clobbered & 1u << number)
		return false;
	if (!code_writes_register(at) || at->written != number)
		return is_in_frame(&values->registers[number], depth);
	return at->effect == CODE_SETS && at->from != CODE_NO_REGISTER &&
	       is_in_frame(&values->registers[at->from], depth);
}

/* Whether a register has a place in the frame behind the step, and it is not known that it has one
 * where that leads to: it may have another value there. */
static bool loses_place(const struct code_flow *flow, const struct code_step *step,
			const struct code_values *values, unsigned depth, uint32_t to)
{
	if (to == CODE_NOWHERE || !flow->reached[to])
		return false;
	for (uint8_t i = 0; i < CODE_REGISTERS; i++)
		if (i != CODE_RSP && leaves_place(&step->instruction, values, depth, i) &&
		    !is_in_frame(&flow->before[to].registers[i], depth))
			return true;
	return false;
}

/* Whether the address of one is stored. */
static bool stores_place(const struct code_instruction *at, const struct code_values *values,
			 unsigned depth)
{
	return at->effect == CODE_STORES &&
	       is_in_frame(&values->registers[at->written % CODE_REGISTERS], depth);
}

/* Whether the address of one goes into what is worked out, or is no longer known for one. */
static bool is_lost_at(const struct code_flow *flow, const struct code_step *step,
		       const struct code_values *values, unsigned depth)
{
	const struct code_instruction *at = &step->instruction;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (at->mixed & 1u << i && is_in_frame(&values->registers[i], depth))
			return true;
	return loses_place(flow, step, values, depth, step->next) ||
	       loses_place(flow, step, values, depth, step->target);
}

static bool escapes_at(const struct code_flow *flow, const struct code_step *step,
		       const struct code_values *values, unsigned depth)
{
	return stores_place(&step->instruction, values, depth) ||
	       (step->instruction.kind == CODE_CALL && code_hands_out(values, depth)) ||
	       is_lost_at(flow, step, values, depth);
}

bool code_frame_leaves(const struct code_flow *flow, const struct code_step *step,
		       const struct code_values *values, unsigned depth)
{
	const struct code_instruction *at = &step->instruction;
	const bool within = at->from != CODE_NO_REGISTER &&
			    is_in_frame(&values->registers[at->from % CODE_REGISTERS], depth);
	return (stores_place(at, values, depth) && !within) ||
	       is_lost_at(flow, step, values, depth);
}

bool code_frame_escapes(const struct code_function *function, const struct code_flow *flow,
			unsigned depth)
{
	for (uint32_t i = 0; i < function->count; i++)
		if (flow->reached[i] &&
		    escapes_at(flow, &function->steps[i], &flow->before[i], depth))
			return true;
	return false;
}
