/* One question for each neighbouring pair; the rest follows, because happens-before is transitive.
 */
#include "turns.h"
#include "xalloc.h"
#include <stdlib.h>

/* What a thread does in these edges lies in these epochs of it. */
struct turn {
	uint32_t thread;
	uint32_t first, last;
};

static int compare_turns(const void *left, const void *right)
{
	const struct turn *a = left, *b = right;
	return (a->thread > b->thread) - (a->thread < b->thread);
}

static struct turn turn_of(const struct model *model, const struct member *member)
{
	const struct node *node = &model->nodes[member->node];
	struct turn turn = {member->thread, UINT32_MAX, 0};
	for (uint32_t i = 0; i < node->span_count; i++) {
		const struct span *span = &model->spans[node->first_span + i];
		if (span->first < turn.first)
			turn.first = span->first;
		if (span->last > turn.last)
			turn.last = span->last;
	}
	return turn;
}

/* Each thread once, in order of creation. */
static size_t turns_collect(const struct model *model, struct edge_view *const *views, size_t count,
			    struct turn *turns)
{
	size_t all = 0, kept = 0;
	for (size_t i = 0; i < count; i++)
		for (uint32_t m = 0; m < views[i]->member_count; m++)
			turns[all++] = turn_of(model, &views[i]->members[m]);
	qsort(turns, all, sizeof(*turns), compare_turns);
	for (size_t i = 0; i < all; i++) {
		if (kept == 0 || turns[kept - 1].thread != turns[i].thread) {
			turns[kept++] = turns[i];
			continue;
		}
		if (turns[i].first < turns[kept - 1].first)
			turns[kept - 1].first = turns[i].first;
		if (turns[i].last > turns[kept - 1].last)
			turns[kept - 1].last = turns[i].last;
	}
	return kept;
}

bool turns_taken(const struct model *model, struct order *order, struct edge_view *const *views,
		 size_t count)
{
	size_t members = 0;
	for (size_t i = 0; i < count; i++)
		members += views[i]->member_count;
	/* Of one thread's tasks others could do some. */
	for (size_t i = 0; i < count; i++)
		for (uint32_t m = 0; m < views[i]->member_count; m++)
			if (model->threads[views[i]->members[m].thread].tasks)
				return false;
	struct turn *turns = xcalloc(members, sizeof(*turns));
	size_t turn_count = turns_collect(model, views, count, turns);
	bool taken = true;
	for (size_t i = 1; taken && i < turn_count; i++)
		taken = turns[i - 1].first <= turns[i - 1].last &&
			order_before(order, turns[i - 1].thread, turns[i - 1].last, turns[i].thread,
				     turns[i].first);
	free(turns);
	return taken;
}
