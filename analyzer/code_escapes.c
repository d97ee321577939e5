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

static bool escapes_at(const struct code_flow *flow, const struct code_step *step,
		       const struct code_values *values, unsigned depth)
{
	const struct code_instruction *at = &step->instruction;
	if (at->effect == CODE_STORES &&
	    is_in_frame(&values->registers[at->written % CODE_REGISTERS], depth))
		return true;
	if (at->kind == CODE_CALL && code_hands_out(values, depth))
		return true;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (at->mixed & 1u << i && is_in_frame(&values->registers[i], depth))
			return true;
	return loses_place(flow, step, values, depth, step->next) ||
	       loses_place(flow, step, values, depth, step->target);
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
