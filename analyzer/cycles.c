/* Iterative deepening over one component, with the component's locks numbered from 0. */
#include "cycles.h"
#include "component.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

#define FAR UINT32_MAX /* the start cannot be reached */
/* Distances are computed to the end in components of up to so many edges, else only as far as
 * needed. */
#define WHOLE_DISTANCES (1u << 15)
/* At the last lock of a cycle, so many other ways on are looked at; with more, one is assumed. */
#define FEW_WAYS 256u
/* A share of the steps is kept back for edges that are on no cycle yet. */
#define COVER_SHARE 4u

struct search {
	struct component part;
	bool *covered;	    /* of each edge: it lies on a visited cycle */
	uint32_t *distance; /* to the start of the current search */
	bool distances_cut; /* FAR may only mean: farther than was looked */
	uint32_t *queue;
	uint32_t queue_count;
	uint32_t *via; /* cover: the edge by which a lock was reached */
	bool *on_path;
	uint32_t path[CYCLES_MAX_LENGTH];
	uint32_t next[CYCLES_MAX_LENGTH]; /* edge to try next */
	uint32_t edge[CYCLES_MAX_LENGTH]; /* edge taken */
	uint64_t steps;			  /* left to this component */
	uint64_t stop_at;		  /* the search ends when they are down to this */
	cycles_visit *visit;
	void *context;
};

static bool spend(struct search *search)
{
	if (search->steps <= search->stop_at)
		return false;
	search->steps--;
	return true;
}

static void report(struct search *search, size_t count)
{
	uint32_t locks[CYCLES_MAX_LENGTH];
	for (size_t i = 0; i < count; i++) {
		locks[i] = search->part.locks[search->path[i]];
		search->covered[search->edge[i]] = true;
	}
	search->visit(search->context, locks, count, &search->steps);
}

static void distances_clear(struct search *search)
{
	for (uint32_t i = 0; i < search->queue_count; i++)
		search->distance[search->queue[i]] = FAR;
	search->queue_count = 0;
}

/* Distances to `start` from the locks after it, breadth first against the edges. False: no steps
 * left. */
static bool distances_find(struct search *search, uint32_t start, uint32_t farthest)
{
	distances_clear(search);
	search->distances_cut = false;
	search->distance[start] = 0;
	search->queue[search->queue_count++] = start;
	for (uint32_t head = 0; head < search->queue_count; head++) {
		uint32_t lock = search->queue[head];
		if (search->distance[lock] == farthest) {
			search->distances_cut = true;
			return true;
		}
		for (uint32_t i = search->part.back_first[lock];
		     i < search->part.back_first[lock + 1]; i++) {
			uint32_t from = search->part.back[i];
			if (!spend(search))
				return false;
			if (from <= start || search->distance[from] != FAR)
				continue;
			search->distance[from] = search->distance[lock] + 1;
			search->queue[search->queue_count++] = from;
		}
	}
	return true;
}

static bool may_return(const struct search *search, uint32_t start, uint32_t lock)
{
	return lock > start && !search->on_path[lock] &&
	       (search->distance[lock] != FAR || search->distances_cut);
}

/*
 * Whether some acquisition of the edge, which leaves path[depth], holds no other lock of the path.
 * If none does, each of them is also an edge from a lock further up, and every cycle that goes on
 * here contains a shorter one of which the same is known (see verdict.h).
 */
static bool needs_path(struct search *search, uint32_t edge, uint32_t depth)
{
	const struct edge_sets *sets = component_edge_sets(&search->part, edge);
	for (uint32_t i = 0; i < sets->count; i++) {
		uint32_t at = 0;
		while (at < depth &&
		       held_set_index(search->part.graph, sets->sets[i],
				      search->part.locks[search->path[at]]) == NO_INDEX)
			at++;
		if (at == depth)
			return true;
	}
	return sets->many;
}

/* Whether a cycle that closes after path[depth] could also be longer. */
static bool ways_on(struct search *search, uint32_t start, uint32_t depth)
{
	uint32_t lock = search->path[depth];
	uint32_t first = search->part.first[lock], end = search->part.first[lock + 1];
	if (end - first > FEW_WAYS)
		return true;
	for (uint32_t edge = first; edge < end; edge++)
		if (may_return(search, start, search->part.to[edge]) &&
		    needs_path(search, edge, depth))
			return true;
	return false;
}

/*
 * Visits the cycles of exactly `length` locks of which `start` is the smallest. Sets *longer if
 * there may be longer ones. False: no steps left.
 */
static bool deepen(struct search *search, uint32_t start, uint32_t length, bool *longer)
{
	uint32_t depth = 0;
	search->path[0] = start;
	search->next[0] = search->part.first[start];
	while (true) {
		uint32_t at = search->path[depth];
		if (search->next[depth] == search->part.first[at + 1]) {
			search->on_path[at] = false;
			if (depth-- == 0)
				return true;
			continue;
		}
		uint32_t edge = search->next[depth]++, to = search->part.to[edge];
		uint32_t left = length - depth - 1; /* edges from `to` back to the start */
		if (!spend(search))
			break;
		if (!may_return(search, start, to) || !needs_path(search, edge, depth))
			continue;
		if (search->distance[to] > left) {
			*longer = true;
			continue;
		}
		search->edge[depth] = edge;
		search->path[depth + 1] = to;
		if (left == 1) {
			search->edge[depth + 1] = component_edge(&search->part, to, start);
			report(search, length);
			*longer |= ways_on(search, start, depth + 1);
			continue;
		}
		search->on_path[to] = true;
		search->next[++depth] = search->part.first[to];
	}
	for (uint32_t i = 0; i <= depth; i++)
		search->on_path[search->path[i]] = false;
	return false;
}

/* All cycles up to max_length. False: not all were visited, or there may be some beyond the bound.
 */
static bool enumerate(struct search *search, uint32_t max_length)
{
	bool whole = search->part.first[search->part.lock_count] <= WHOLE_DISTANCES;
	bool *done = xcalloc(search->part.lock_count, sizeof(*done));
	bool open = true, complete = true;
	for (uint32_t length = 2; complete && open && length <= max_length; length++) {
		open = false;
		for (uint32_t start = 0; complete && start < search->part.lock_count; start++) {
			bool longer = false;
			if (done[start])
				continue;
			complete = distances_find(search, start, whole ? FAR : length - 1) &&
				   deepen(search, start, length, &longer);
			done[start] = !longer;
			open |= longer;
		}
	}
	free(done);
	return complete && !(open && max_length == CYCLES_MAX_LENGTH);
}

/* A shortest way from the end of an edge to its beginning. False: there is none, or no steps are
 * left. */
static bool way_back(struct search *search, uint32_t from, uint32_t target)
{
	distances_clear(search);
	search->distance[from] = 0;
	search->queue[search->queue_count++] = from;
	for (uint32_t head = 0; head < search->queue_count; head++) {
		uint32_t lock = search->queue[head];
		for (uint32_t edge = search->part.first[lock]; edge < search->part.first[lock + 1];
		     edge++) {
			uint32_t to = search->part.to[edge];
			if (!spend(search))
				return false;
			if (search->distance[to] != FAR)
				continue;
			search->distance[to] = search->distance[lock] + 1;
			search->via[to] = edge;
			search->queue[search->queue_count++] = to;
			if (to == target)
				return true;
		}
	}
	return false;
}

/* Lays the way that was found into path and edge, the smallest lock first, and visits it. */
static void way_report(struct search *search, uint32_t closing, uint32_t from, uint32_t target)
{
	uint32_t count = search->distance[target] + 1, smallest = 0;
	uint32_t path[CYCLES_MAX_LENGTH], edges[CYCLES_MAX_LENGTH];
	for (uint32_t i = count - 1, at = target; i > 0; i--) {
		path[i] = at;
		edges[i - 1] = search->via[at];
		at = component_edge_from(&search->part, search->via[at]);
	}
	path[0] = from;
	edges[count - 1] = closing;
	for (uint32_t i = 1; i < count; i++)
		if (path[i] < path[smallest])
			smallest = i;
	for (uint32_t i = 0; i < count; i++) {
		search->path[i] = path[(smallest + i) % count];
		search->edge[i] = edges[(smallest + i) % count];
	}
	report(search, count);
}

/*
 * A shortest cycle through each edge that lies on none so far. What is found here after a complete
 * search is too long for the threads there are, or contains a shorter one; after a search that was
 * cut it spreads what is left of the steps over the whole component.
 */
static void cover(struct search *search)
{
	const struct component *part = &search->part;
	for (uint32_t edge = 0; edge < part->edge_count; edge++) {
		uint32_t from = component_edge_from(part, edge), to = part->to[edge];
		if (search->covered[edge])
			continue;
		if (way_back(search, to, from) && search->distance[from] < CYCLES_MAX_LENGTH)
			way_report(search, edge, to, from);
		if (search->steps == 0)
			return;
	}
}

static void search_init(struct search *search, const struct graph *graph, size_t component)
{
	component_init(&search->part, graph, component);
	size_t count = search->part.lock_count;
	search->covered = xcalloc(search->part.edge_count, sizeof(bool));
	search->distance = xmalloc(count * sizeof(uint32_t));
	memset(search->distance, 0xff, count * sizeof(uint32_t));
	search->queue = xcalloc(count, sizeof(uint32_t));
	search->via = xcalloc(count, sizeof(uint32_t));
	search->on_path = xcalloc(count, sizeof(bool));
}

static void search_free(struct search *search)
{
	component_release(&search->part);
	free(search->covered);
	free(search->distance);
	free(search->queue);
	free(search->via);
	free(search->on_path);
}

bool cycles_each(const struct graph *graph, size_t component, uint64_t *budget, cycles_visit *visit,
		 void *context)
{
	uint64_t granted = *budget / 4;
	if (granted > CYCLES_COMPONENT_STEPS)
		granted = CYCLES_COMPONENT_STEPS;
	if (granted < CYCLES_MIN_STEPS)
		granted = CYCLES_MIN_STEPS;
	struct search search = {
		.visit = visit,
		.context = context,
		.steps = granted,
		.stop_at = granted / COVER_SHARE,
	};
	search_init(&search, graph, component);
	uint32_t length = search.part.lock_count < CYCLES_MAX_LENGTH ? search.part.lock_count
								     : CYCLES_MAX_LENGTH;
	uint32_t threads = component_threads(&search.part, length);
	if (threads < length)
		length = threads < 2 ? 2 : threads;
	bool complete = enumerate(&search, length);
	search.stop_at = 0;
	cover(&search);
	search_free(&search);
	uint64_t used = granted - search.steps;
	*budget -= used < *budget ? used : *budget;
	return complete;
}
