/* Owns what is known of the functions that take several locks at once: their names. */
#include "lock_all.h"

#include <string.h>

#include "xalloc.h"

static const char *const names[] = {"std::lock<", "std::__1::lock<", "boost::lock<"};

/* What is waited for where it was tried; 0: not tried by such a function. */
static uint16_t waiting_op(uint16_t op)
{
	switch (op) {
	case TRACE_OP_mutex_trylock:
		return TRACE_OP_mutex_lock;
	case TRACE_OP_rwlock_trywrlock:
		return TRACE_OP_rwlock_wrlock;
	case TRACE_OP_rwlock_tryrdlock:
		return TRACE_OP_rwlock_rdlock;
	default:
		return 0;
	}
}

static bool is_one(const struct frame *frame)
{
	for (size_t i = 0; frame->function && i < sizeof(names) / sizeof(*names); i++)
		if (!strncmp(frame->function, names[i], strlen(names[i])))
			return true;
	return false;
}

/* The frames outside of such a function, as far as they were recorded. */
struct callers {
	const struct frame *frames; /* NULL: there is no such function */
	size_t count;
};

static struct callers callers_of(struct symbols *symbols, uint32_t stack)
{
	size_t count, i;
	const struct frame *frames = symbols_stack(symbols, stack, &count);

	for (i = count; i > 0 && !is_one(&frames[i - 1]);)
		i--;
	return i ? (struct callers){frames + i, count - i} : (struct callers){NULL, 0};
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Whether they are in the same call of it, as far as functions and lines tell: where it was inlined
 * its callers have other addresses for each of the locks. */
static bool same_call(const struct callers *a, const struct callers *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (a->frames[i].line != b->frames[i].line ||
		    !same_text(a->frames[i].function, b->frames[i].function))
			return false;
	return true;
}

/* The node of what was held before the call that the node was tried in; NO_INDEX: nothing. */
static uint32_t held_before(const struct model *model, struct symbols *symbols, uint32_t node)
{
	const struct node *nodes = model->nodes;
	struct callers callers = callers_of(symbols, nodes[node].stack), others;
	uint32_t before = nodes[node].parent;

	if (!callers.frames)
		return NO_INDEX;
	for (uint32_t steps = 0; before != NO_INDEX; before = nodes[before].parent) {
		others = callers_of(symbols, nodes[before].stack);
		/* A path that is circular has no end. */
		if (++steps > model->node_count)
			return NO_INDEX;
		if (!others.frames || !same_call(&callers, &others))
			break;
	}
	return before;
}

bool lock_all_waits(struct symbols *symbols, const struct node *node)
{
	return waiting_op(node->op) && callers_of(symbols, node->stack).frames;
}

void lock_all_imply(struct model *model, struct symbols *symbols)
{
	size_t count = model->node_count, size = count;

	for (uint32_t i = 0; i < count; i++) {
		struct node node = model->nodes[i];
		uint16_t op = waiting_op(node.op);
		uint32_t before = NO_INDEX;

		if (op && node.count && node.parent != NO_INDEX)
			before = held_before(model, symbols, i);
		if (before == NO_INDEX)
			continue;
		if (model->node_count == size) {
			size += 16 + size / 2;
			model->nodes = xreallocarray(model->nodes, size, sizeof(*model->nodes));
		}
		node.parent = before;
		node.op = op;
		node.wait = NO_INDEX;
		node.implied = true;
		model->nodes[model->node_count++] = node;
	}
}
