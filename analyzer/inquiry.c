/* Follows the calls. */
#include "inquiry.h"

static uint64_t pc_of(const struct inquiry *inquiry, const struct stack *stack, uint32_t frame)
{
	return inquiry->model->pcs[stack->first_pc + frame];
}

bool inquiry_place(const struct inquiry *inquiry, const struct stack *stack, uint32_t frame,
		   uint64_t *address)
{
	uint64_t pc = pc_of(inquiry, stack, frame);
	*address = pc - inquiry->module->bias;
	return module_at(inquiry->model, stack, pc) == inquiry->module;
}

/* The function of a frame; false: not known. */
static bool function_at(const struct inquiry *inquiry, const struct stack *stack, uint32_t frame,
			uint64_t *start)
{
	uint64_t address, end;
	return inquiry_place(inquiry, stack, frame, &address) &&
	       object_code_function(asks_code(inquiry->asks), address - 1, start, &end);
}

bool inquiry_find_common(struct inquiry *inquiry)
{
	uint32_t hold = inquiry->hold->count, join = inquiry->join->count;
	uint64_t in_hold, in_join;
	while (hold > 0 && join > 0 &&
	       pc_of(inquiry, inquiry->hold, hold - 1) == pc_of(inquiry, inquiry->join, join - 1))
		hold--, join--;
	if (hold == 0 || join == 0)
		return false;
	inquiry->hold_frame = hold - 1;
	inquiry->join_frame = join - 1;
	inquiry->module =
		module_at(inquiry->model, inquiry->join, pc_of(inquiry, inquiry->join, join - 1));
	if (!inquiry->module)
		return false;
	inquiry->asks = code_files_of(inquiry->files, inquiry->module);
	return inquiry->asks && function_at(inquiry, inquiry->hold, hold - 1, &in_hold) &&
	       function_at(inquiry, inquiry->join, join - 1, &in_join) && in_hold == in_join;
}

bool chain_add(struct inquiry *inquiry, struct chain *chain, const struct stack *stack,
	       uint32_t frame, const struct code_values *given)
{
	struct activation *added = &chain->activations[chain->count];
	uint64_t start, address;
	if (!function_at(inquiry, stack, frame, &start) ||
	    !inquiry_place(inquiry, stack, frame, &address))
		return false;
	added->function = asks_function(inquiry->asks, start);
	if (!added->function)
		return false;
	added->call = code_call_before(added->function, address);
	if (added->call == CODE_NOWHERE)
		return false;
	added->flow = asks_flow(inquiry->asks, added->function, given, chain->count);
	if (!added->flow || !added->flow->reached[added->call]) {
		code_flow_free(added->flow);
		return false;
	}
	chain->count++;
	return true;
}

const struct code_instruction *chain_call(const struct activation *activation)
{
	return &activation->function->steps[activation->call].instruction;
}

void chain_follow(struct inquiry *inquiry, struct chain *chain, const struct stack *stack,
		  uint32_t frame, bool results)
{
	struct code_values given = code_values_given();
	given.results = results;
	while (chain->count < ASKS_MAX_DEPTH && chain_add(inquiry, chain, stack, frame, &given)) {
		const struct activation *last = &chain->activations[chain->count - 1];
		uint64_t start;
		chain->whole = frame == 0 && chain_call(last)->import;
		if (frame-- == 0 || !function_at(inquiry, stack, frame, &start) ||
		    chain_call(last)->target != start)
			return;
		given = last->flow->before[last->call];
	}
}

void chain_free(struct chain *chain)
{
	for (unsigned i = 0; i < chain->count; i++)
		code_flow_free(chain->activations[i].flow);
}

bool inquiry_find_holder(struct inquiry *inquiry, uint32_t frame)
{
	inquiry->hold_frame = frame;
	inquiry->module = frame < inquiry->hold->count
				  ? module_at(inquiry->model, inquiry->hold,
					      pc_of(inquiry, inquiry->hold, frame))
				  : NULL;
	inquiry->asks = inquiry->module ? code_files_of(inquiry->files, inquiry->module) : NULL;
	return inquiry->asks;
}
