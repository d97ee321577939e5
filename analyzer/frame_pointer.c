/*
 * Follows the two registers on all ways through the function. Of a jump that is computed it is told
 * apart whether it leads to another function: then the frame is given up.
 */
#include "frame_pointer.h"
#include "code_function.h"
#include "xalloc.h"
#include <stdlib.h>

/* Bytes above the stack pointer at the function's beginning. */
struct pointer {
	bool known;
	uint64_t offset;
};

struct pointers {
	bool reached;
	struct pointer stack, frame;
};

struct pass {
	const struct code_function *function;
	struct pointers *before; /* of each step */
	struct pointers computed;
	bool changed;
};

static void join_pointer(struct pass *pass, struct pointer *to, const struct pointer *from)
{
	if (!to->known || (from->known && from->offset == to->offset))
		return;
	to->known = false;
	pass->changed = true;
}

static void join(struct pass *pass, struct pointers *to, const struct pointers *from)
{
	if (!to->reached) {
		*to = *from;
		pass->changed = true;
		return;
	}
	join_pointer(pass, &to->stack, &from->stack);
	join_pointer(pass, &to->frame, &from->frame);
}

static void flow_to(struct pass *pass, uint32_t step, const struct pointers *pointers)
{
	if (step != CODE_NOWHERE)
		join(pass, &pass->before[step], pointers);
}

static void write_pointer(struct pointer *to, uint8_t number, const struct code_instruction *at,
			  const struct pointers *before)
{
	if (at->clobbered & 1u << number)
		to->known = false;
	if (!code_writes_register(at) || at->written != number)
		return;
	*to = (struct pointer){false, 0};
	if (at->effect != CODE_SETS)
		return;
	if (at->from == CODE_RSP)
		*to = before->stack;
	else if (at->from == CODE_RBP)
		*to = before->frame;
	to->offset += (uint64_t)at->offset;
}

static struct pointers behind(const struct code_instruction *at, const struct pointers *before)
{
	struct pointers after = *before;

	write_pointer(&after.stack, CODE_RSP, at, before);
	write_pointer(&after.frame, CODE_RBP, at, before);
	after.stack.offset -= (uint64_t)(int64_t)at->pushed;
	return after;
}

static bool is_given_up(const struct pointers *pointers)
{
	return pointers->stack.known ? pointers->stack.offset == 0 : !pointers->frame.known;
}

static void go_over(struct pass *pass)
{
	const struct code_function *function = pass->function;

	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_step *step = &function->steps[i];
		struct pointers after;

		if (!pass->before[i].reached)
			continue;
		after = behind(&step->instruction, &pass->before[i]);
		flow_to(pass, step->next, &after);
		flow_to(pass, step->target, &after);
		flow_to(pass, step->landing, &after);
		if (step->instruction.kind == CODE_INDIRECT && !is_given_up(&after))
			join(pass, &pass->computed, &after);
	}
	for (uint32_t i = 0; pass->computed.reached && i < function->count; i++)
		flow_to(pass, function->steps[i].target, &pass->computed);
	for (uint32_t i = 0; pass->computed.reached && i < function->orphan_count; i++)
		flow_to(pass, function->orphans[i], &pass->computed);
}

static bool find(const struct code_function *function, uint64_t address, uint64_t *distance)
{
	struct pass pass = {.function = function, .changed = true};
	const struct pointers *found = NULL;
	bool known;

	pass.before = xcalloc(function->count, sizeof(*pass.before));
	pass.before[function->entry] = (struct pointers){true, {true, 0}, {false, 0}};
	while (pass.changed) { /* each register of each step changes twice at most */
		pass.changed = false;
		go_over(&pass);
	}
	for (uint32_t i = 0; i < function->count && !found; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;

		if (address - at->address < at->length)
			found = &pass.before[i];
	}
	known = found && found->reached && found->stack.known && found->frame.known;
	if (known)
		*distance = found->frame.offset - found->stack.offset;
	free(pass.before);
	return known;
}

bool frame_pointer_find(const struct object_code *code, uint64_t address, uint64_t *distance)
{
	uint64_t start, end;
	struct code_function *function = NULL;
	bool found;

	if (object_code_function(code, address, &start, &end))
		function = code_function_new(code, start);
	found = function && find(function, address, distance);
	code_function_free(function);
	return found;
}
