/* Owns which acquisitions come after a lock that the thread's creator held from before it began. */
#include "head_starts.h"

#include <stdlib.h>

#include "bisect.h"
#include "xalloc.h"

/* What threads find taken, all together, and locks above one node, at most. */
enum { MOST_FOUND = 1 << 16, MOST_ABOVE = 64 };

/* The thread began while its creator was in the section of node `held`. */
struct found {
	uint32_t thread;
	uint32_t held;
	uint64_t sections; /* how often the creator took that lock */
	uint64_t here;	   /* and at that place */
	bool begins;	   /* the thread takes it first of all, its creator only once */
};

struct head_starts {
	struct found *items; /* by thread */
	size_t count;
	/* Of each thread the node by which it takes something first; NO_INDEX: none. */
	uint32_t *first;
	/* What those threads took, by thread and place. */
	uint32_t *by_place;
	size_t by_place_count;
};

static const struct model *sorted_model; /* for the comparisons only */

/* Threads in the order of who created them, and when. */
static int compare_births(const void *left, const void *right)
{
	const struct thread *a = &sorted_model->threads[*(const uint32_t *)left];
	const struct thread *b = &sorted_model->threads[*(const uint32_t *)right];

	if (a->creator != b->creator)
		return a->creator < b->creator ? -1 : 1;
	if (a->create_epoch != b->create_epoch)
		return a->create_epoch < b->create_epoch ? -1 : 1;
	return a < b ? -1 : a > b;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_takers(const struct node *a, const struct node *b)
{
	return a->thread != b->thread ? compare_numbers(a->thread, b->thread)
				      : compare_numbers(a->lock, b->lock);
}

static int compare_sections(const void *left, const void *right)
{
	const struct found *a = left, *b = right;

	return compare_takers(&sorted_model->nodes[a->held], &sorted_model->nodes[b->held]);
}

static int compare_found(const void *left, const void *right)
{
	const struct found *a = left, *b = right;

	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return a->held < b->held ? -1 : a->held > b->held;
}

/* Whether what is held there is one section, that keeps others out. */
static bool is_one_section(const struct model *model, const struct node *node)
{
	const struct lock *lock = &model->locks[node->lock];

	return node->count == 1 && lock->lives <= 1 && lock->kind != TRACE_LOCK_thread &&
	       lock->kind != TRACE_LOCK_file && !(lock->flags & TRACE_LOCK_SHARED) &&
	       !node_is_void(model, node);
}

static void add_found(struct head_starts *starts, const struct model *model, uint32_t thread,
		      uint32_t node)
{
	for (size_t i = 0; node != NO_INDEX && i < MOST_ABOVE; i++) {
		if (is_one_section(model, &model->nodes[node]) && starts->count < MOST_FOUND)
			starts->items[starts->count++] =
				(struct found){.thread = thread, .held = node};
		node = model->nodes[node].parent;
	}
}

static bool is_born_before(const struct thread *thread, uint32_t creator, uint32_t epoch)
{
	return thread->creator != creator ? thread->creator < creator
					  : thread->create_epoch < epoch;
}

/* Who was created in sections that go on. */
static void find_born(struct head_starts *starts, const struct model *model, const uint32_t *births)
{
	for (size_t i = 0; i < model->across_count; i++) {
		const struct across *across = &model->across[i];
		const uint32_t creator = model->nodes[across->node].thread;
		size_t at =
			BISECT(0, model->thread_count, k,
			       is_born_before(&model->threads[births[k]], creator, across->first));

		for (; at < model->thread_count; at++) {
			const struct thread *thread = &model->threads[births[at]];

			if (thread->creator != creator || thread->create_epoch > across->last)
				break;
			if (!(thread->state & (TRACE_THREAD_FOREIGN | TRACE_THREAD_FAILED)))
				add_found(starts, model, births[at], across->node);
		}
	}
}

static size_t first_of(const struct head_starts *starts, uint32_t thread)
{
	return BISECT(0, starts->count, i, starts->items[i].thread < thread);
}

/* Who takes it so comes after what held it was given back. */
static bool waits_for(const struct model *model, const struct node *node, const struct node *held)
{
	const unsigned flags = op_flags(node->op);

	return node->lock == held->lock && node->count &&
	       !(flags & (TRACE_OP_TRY | TRACE_OP_TIMED | TRACE_OP_SIGNAL)) &&
	       !(flags & op_flags(held->op) & TRACE_OP_SHARED) && !node_is_void(model, node);
}

/* Wherever on the held stack: what was taken before it may have been given back since. */
static bool is_same_place(const struct node *a, const struct node *b)
{
	return a->lock == b->lock && a->stack == b->stack && a->op == b->op;
}

/* Counts what creators take; sorts by that. */
static void find_sections(struct head_starts *starts, const struct model *model)
{
	struct found *items = starts->items;

	qsort(items, starts->count, sizeof(*items), compare_sections);
	for (size_t i = 0; starts->count && i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		size_t at = BISECT(0, starts->count, k,
				   compare_takers(&model->nodes[items[k].held], node) < 0);

		for (; at < starts->count && !compare_takers(&model->nodes[items[at].held], node);
		     at++) {
			items[at].sections += node->count;
			if (is_same_place(&model->nodes[items[at].held], node))
				items[at].here += node->count;
		}
	}
}

/* Leaves those whose thread begins with taking the lock, which its creator took once, and those
 * whose section is the only one of its place. */
static void drop_others(struct head_starts *starts, const struct model *model)
{
	size_t count = 0;

	for (size_t i = 0; i < starts->count; i++) {
		struct found *found = &starts->items[i];
		const uint32_t first = starts->first[found->thread];

		found->begins = found->sections == 1 && first != NO_INDEX &&
				waits_for(model, &model->nodes[first], &model->nodes[found->held]);
		if (found->begins || found->here == 1)
			starts->items[count++] = *found;
	}
	starts->count = count;
}

static int compare_places(const struct node *a, const struct node *b)
{
	if (compare_takers(a, b))
		return compare_takers(a, b);
	return a->stack != b->stack ? compare_numbers(a->stack, b->stack)
				    : compare_numbers(a->op, b->op);
}

static int compare_nodes(const void *left, const void *right)
{
	return compare_places(&sorted_model->nodes[*(const uint32_t *)left],
			      &sorted_model->nodes[*(const uint32_t *)right]);
}

static void sort_by_place(struct head_starts *starts, const struct model *model)
{
	starts->by_place = xmalloc((model->node_count + 1) * sizeof(*starts->by_place));
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		const size_t at = first_of(starts, node->thread);

		if (node->count && at < starts->count && starts->items[at].thread == node->thread)
			starts->by_place[starts->by_place_count++] = (uint32_t)i;
	}
	qsort(starts->by_place, starts->by_place_count, sizeof(*starts->by_place), compare_nodes);
}

static uint32_t first_epoch(const struct model *model, size_t node)
{
	return model->spans[model->nodes[node].first_span].first;
}

/* The first thing that each thread takes. Its nodes are in the order in which they were new, within
 * an epoch. */
static void find_firsts(struct head_starts *starts, const struct model *model)
{
	starts->first = xmalloc((model->thread_count + 1) * sizeof(*starts->first));
	for (size_t i = 0; i < model->thread_count; i++)
		starts->first[i] = NO_INDEX;
	for (size_t i = model->node_count; i-- > 0;) {
		uint32_t *first = &starts->first[model->nodes[i].thread];

		if (model->nodes[i].count &&
		    (*first == NO_INDEX || first_epoch(model, *first) >= first_epoch(model, i)))
			*first = (uint32_t)i;
	}
}

struct head_starts *head_starts_new(const struct model *model)
{
	struct head_starts *starts;
	uint32_t *births;

	if (!model->across_count)
		return NULL;
	starts = xcalloc(1, sizeof(*starts));
	starts->items = xcalloc(MOST_FOUND, sizeof(*starts->items));
	births = xcalloc(model->thread_count + 1, sizeof(*births));
	for (size_t i = 0; i < model->thread_count; i++)
		births[i] = (uint32_t)i;
	sorted_model = model;
	qsort(births, model->thread_count, sizeof(*births), compare_births);
	find_born(starts, model, births);
	free(births);
	find_sections(starts, model);
	find_firsts(starts, model);
	drop_others(starts, model);
	qsort(starts->items, starts->count, sizeof(*starts->items), compare_found);
	sort_by_place(starts, model);
	if (starts->count)
		return starts;
	head_starts_free(starts);
	return NULL;
}

void head_starts_free(struct head_starts *starts)
{
	if (!starts)
		return;
	free(starts->items);
	free(starts->first);
	free(starts->by_place);
	free(starts);
}

static bool is_under(const struct model *model, uint32_t node, uint32_t above)
{
	for (size_t i = 0; node != NO_INDEX && i < MOST_ABOVE; i++) {
		if (node == above)
			return true;
		node = model->nodes[node].parent;
	}
	return false;
}

/* The same where what was held before it may be gone. */
static bool is_within(const struct model *model, uint32_t node, uint32_t above)
{
	for (size_t i = 0; node != NO_INDEX && i < MOST_ABOVE; i++) {
		node = model->nodes[node].parent;
		if (node != NO_INDEX && is_same_place(&model->nodes[node], &model->nodes[above]))
			return true;
	}
	return false;
}

/* Whether the thread had to wait for that lock, as its creator held it, before it came to that. */
static bool holds_there(const struct model *model, uint32_t node, const struct node *held)
{
	for (size_t i = 0; node != NO_INDEX && i < MOST_ABOVE; i++) {
		node = model->nodes[node].parent;
		if (node != NO_INDEX && waits_for(model, &model->nodes[node], held))
			return true;
	}
	return false;
}

/* Whether the thread takes what that node stands for, there, with the other lock held only. */
static bool is_taken_inside(const struct head_starts *starts, const struct model *model,
			    const struct node *node, const struct node *held)
{
	size_t at = BISECT(0, starts->by_place_count, i,
			   compare_places(&model->nodes[starts->by_place[i]], node) < 0);
	bool any = false;

	for (; at < starts->by_place_count; at++) {
		const uint32_t taken = starts->by_place[at];

		if (compare_places(&model->nodes[taken], node))
			break;
		if (!holds_there(model, taken, held))
			return false;
		any = true;
	}
	return any;
}

/*
 * Who waits for a condition had its mutex before; and who holds what he takes only inside the lock
 * had that.
 */
static bool had_before(const struct head_starts *starts, const struct model *model, uint32_t then,
		       const struct found *found)
{
	const struct node *held = &model->nodes[found->held];
	const struct node *node = &model->nodes[then];

	if (found->here != 1 || node_is_void(model, node))
		return false;
	if (op_flags(node->op) & TRACE_OP_REACQUIRE && node->lock == held->lock)
		return true;
	for (size_t i = 0; node->parent != NO_INDEX && i < MOST_ABOVE; i++) {
		node = &model->nodes[node->parent];
		if (is_taken_inside(starts, model, node, held))
			return true;
	}
	return false;
}

/* The creator's acquisition `first` lies in the section, that of the thread after it. */
static uint32_t gate_of(const struct head_starts *starts, const struct model *model, uint32_t first,
			uint32_t then)
{
	const uint32_t thread = model->nodes[then].thread;

	for (size_t i = first_of(starts, thread);
	     i < starts->count && starts->items[i].thread == thread; i++) {
		const struct found *found = &starts->items[i];

		if (model->nodes[first].thread != model->nodes[found->held].thread ||
		    model->locks[model->nodes[found->held].lock].given_back_by_others)
			continue;
		if ((found->begins && then != starts->first[thread] && first != found->held &&
		     is_under(model, first, found->held)) ||
		    (is_within(model, first, found->held) &&
		     had_before(starts, model, then, found)))
			return model->nodes[found->held].lock;
	}
	return NO_INDEX;
}

uint32_t head_starts_gate(const struct head_starts *starts, const struct model *model, uint32_t x,
			  uint32_t y)
{
	uint32_t gate = gate_of(starts, model, x, y);

	return gate == NO_INDEX ? gate_of(starts, model, y, x) : gate;
}
