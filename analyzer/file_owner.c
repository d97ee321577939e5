/* Compares the owners of locks on files. */
#include "file_owner.h"

static bool is_unknown(const struct lock *lock)
{
	return lock->of_open_file && !lock->open_file;
}

static bool same_owner(const struct lock *a, const struct lock *b)
{
	if (a->of_open_file != b->of_open_file)
		return false;
	if (is_unknown(a) || is_unknown(b) || !a->of_open_file)
		return a->process == b->process;
	return a->open_file == b->open_file;
}

/* What is known of how two processes share open files: TRACE_OPEN_FILE_ bits. */
static uint32_t between(const struct lock *a, const struct lock *b)
{
	return a->process == b->process ? 0 : a->open_flags | b->open_flags;
}

bool lock_excludes(const struct model *model, uint32_t had, uint32_t wanted)
{
	const struct lock *a = &model->locks[had], *b = &model->locks[wanted];

	return a->kind != TRACE_LOCK_file || (!same_owner(a, b) && !between(a, b));
}

bool lock_may_exclude(const struct model *model, uint32_t had, uint32_t wanted)
{
	const struct lock *a = &model->locks[had], *b = &model->locks[wanted];

	if (lock_excludes(model, had, wanted))
		return true;
	if (between(a, b))
		return !same_owner(a, b) && !(between(a, b) & TRACE_OPEN_FILE_INHERITED);
	return is_unknown(a) || is_unknown(b);
}

bool node_excludes(const struct model *model, uint32_t had, uint32_t wanted)
{
	return lock_excludes(model, model->nodes[had].taken, model->nodes[wanted].taken);
}

static bool is_shared(const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_SHARED;
}

/* Whether only one of two nodes that take the same lock can have it. */
static bool is_gate(const struct model *model, uint32_t a, uint32_t b)
{
	const struct node *x = &model->nodes[a], *y = &model->nodes[b];

	return !(is_shared(x) && is_shared(y)) && lock_may_exclude(model, x->taken, y->taken);
}

uint32_t nodes_file_gate(const struct model *model, uint32_t a, uint32_t b)
{
	const struct node *nodes = model->nodes;

	for (uint32_t x = nodes[a].parent; x != NO_INDEX; x = nodes[x].parent) {
		if (model->locks[nodes[x].lock].kind != TRACE_LOCK_file ||
		    node_is_ordering(model, &nodes[x]))
			continue;
		for (uint32_t y = nodes[b].parent; y != NO_INDEX; y = nodes[y].parent) {
			if (nodes[y].lock == nodes[x].lock && is_gate(model, x, y) &&
			    !node_is_ordering(model, &nodes[y]))
				return nodes[x].lock;
		}
	}
	return NO_INDEX;
}

uint64_t node_owner(const struct model *model, uint32_t node)
{
	const struct lock *lock = &model->locks[model->nodes[node].taken];

	if (model->locks[model->nodes[node].lock].kind != TRACE_LOCK_file)
		return 0;
	if (lock->of_open_file && !is_unknown(lock))
		return lock->open_file | 1;
	/* Of what is not known, each process has its own, as far as same_owner goes. */
	return ((uint64_t)lock->process + 1) << 2 | (is_unknown(lock) ? 2 : 0);
}
