/* Builds the acquisition graph: the cheap pass, held sets, edges, components. */
#include "graph.h"
#include "compare.h"
#include "file_owner.h"
#include "joins.h"
#include "scc.h"
#include "xalloc.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum path_state {
	PATH_UNSEEN,
	PATH_OPEN,
	PATH_SOUND, /* leads to a root */
	PATH_BROKEN,
};

struct pair {
	uint32_t held, wanted, node;
};

/* What is needed only while the graph is made. */
struct builder {
	struct graph *graph;
	const struct model *model;
	unsigned char *path_state; /* of each node */
	uint32_t *above; /* of each node: the nearest on its path, itself included, whose lock is
			    one; NO_INDEX: none */
	uint32_t *near; /* component of each lock in the graph of direct neighbours; NO_INDEX: alone
			 */
	uint64_t steps_left;
	struct pair *pairs;
	size_t pair_count, pair_size;
	size_t set_count, set_size;
	size_t entry_count, entry_size;
	size_t writer_size, rereader_size;
};

static void *grow(void *array, size_t count, size_t *size, size_t item)
{
	if (count < *size)
		return array;
	*size = *size ? *size * 2 : 256;
	return xreallocarray(array, *size, item);
}

/* Whether a node's lock is one: semaphores that only order are not held, nor what is only given. */
static bool counts(const struct builder *builder, uint32_t node)
{
	if (op_flags(builder->model->nodes[node].op) & TRACE_OP_SIGNAL)
		return false;
	return !node_is_void(builder->model, &builder->model->nodes[node]);
}

/* Follows parents from a node to a root or to a node already known; all on the way share the
 * outcome. */
static void path_check(struct builder *builder, uint32_t *way, uint32_t node)
{
	size_t length = 0;
	while (node != NO_INDEX && builder->path_state[node] == PATH_UNSEEN) {
		builder->path_state[node] = PATH_OPEN;
		way[length++] = node;
		node = builder->model->nodes[node].parent;
	}
	bool sound = node == NO_INDEX || builder->path_state[node] == PATH_SOUND;
	uint32_t above = sound && node != NO_INDEX ? builder->above[node] : NO_INDEX;
	for (size_t i = length; i-- > 0;) {
		if (counts(builder, way[i]))
			above = way[i];
		builder->path_state[way[i]] = sound ? PATH_SOUND : PATH_BROKEN;
		builder->above[way[i]] = above;
	}
	if (!sound)
		builder->graph->broken += length;
}

static void paths_check(struct builder *builder)
{
	const struct model *model = builder->model;
	uint32_t *way = xcalloc(model->node_count + 1, sizeof(*way));
	for (uint32_t node = 0; node < model->node_count; node++)
		path_check(builder, way, node);
	free(way);
}

/* The lock taken last before this one, if that makes an arc; else NO_INDEX. */
static uint32_t neighbour(const struct builder *builder, uint32_t node)
{
	const struct node *nodes = builder->model->nodes;
	uint32_t parent = nodes[node].parent;
	if (parent == NO_INDEX || builder->path_state[node] != PATH_SOUND || !counts(builder, node))
		return NO_INDEX;
	parent = builder->above[parent];
	if (parent == NO_INDEX || nodes[parent].lock == nodes[node].lock)
		return NO_INDEX;
	return nodes[parent].lock;
}

/* Marks components of one vertex as none. Returns the number of all. */
static uint32_t components_mark(const struct digraph *digraph, uint32_t *component)
{
	uint32_t found = scc_find(digraph, component);
	uint32_t *size = xcalloc(found + 1, sizeof(*size));
	for (uint32_t vertex = 0; vertex < digraph->vertex_count; vertex++)
		size[component[vertex]]++;
	for (uint32_t vertex = 0; vertex < digraph->vertex_count; vertex++)
		if (size[component[vertex]] < 2)
			component[vertex] = NO_INDEX;
	free(size);
	return found;
}

static void near_components(struct builder *builder)
{
	const struct model *model = builder->model;
	size_t *first = xcalloc(model->lock_count + 2, sizeof(*first));
	uint32_t *to = xcalloc(model->node_count + 1, sizeof(*to));
	for (uint32_t node = 0; node < model->node_count; node++) {
		uint32_t from = neighbour(builder, node);
		if (from != NO_INDEX)
			first[from + 2]++;
	}
	for (size_t lock = 2; lock <= model->lock_count; lock++)
		first[lock] += first[lock - 1];
	/* first[v + 1] is where the next successor of v goes, and ends up as the end of v's. */
	for (uint32_t node = 0; node < model->node_count; node++) {
		uint32_t from = neighbour(builder, node);
		if (from != NO_INDEX)
			to[first[from + 1]++] = model->nodes[node].lock;
	}
	components_mark(&(struct digraph){model->lock_count, first, to}, builder->near);
	free(first);
	free(to);
}

/* Sorts and leaves each lock once, exclusive if it is held so anywhere (0 sorts before 1). */
static size_t entries_normalise(uint32_t *entries, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(entries, count, sizeof(*entries), compare_u32);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || held_lock(entries[kept - 1]) != held_lock(entries[i]))
			entries[kept++] = entries[i];
	return kept;
}

static uint32_t entries_hash(const struct graph *graph, const uint32_t *entries, size_t count)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < count; i++)
		if (!graph_is_end(graph, held_lock(entries[i])))
			hash = (hash ^ entries[i]) * 16777619u;
	return hash;
}

/* The sum: the order does not matter. */
static uint32_t add_owner(const struct model *model, uint32_t node, uint32_t owners)
{
	uint64_t owner = node_owner(model, node) * UINT64_C(0x9e3779b97f4a7c15);
	uint32_t sum = owners + (uint32_t)(owner >> 32) * (2 * model->nodes[node].lock + 1);
	return owner ? sum | 1 : owners;
}

/* The set of locks held by a node's path and itself. NULL: the bound was reached. */
static const struct held_set *set_make(struct builder *builder, uint32_t node)
{
	struct graph *graph = builder->graph;
	const struct node *nodes = builder->model->nodes;
	if (graph->set_of[node] != NO_INDEX)
		return &graph->sets[graph->set_of[node]];
	size_t first = builder->entry_count;
	uint32_t owners = 0;
	for (uint32_t at = node; at != NO_INDEX; at = nodes[at].parent) {
		if (builder->steps_left == 0) {
			builder->entry_count = first;
			return NULL;
		}
		builder->steps_left--;
		if (!counts(builder, at))
			continue;
		graph->entries = grow(graph->entries, builder->entry_count, &builder->entry_size,
				      sizeof(*graph->entries));
		owners = add_owner(builder->model, at, owners);
		bool shared = op_flags(nodes[at].op) & TRACE_OP_SHARED;
		graph->entries[builder->entry_count++] = held_entry(nodes[at].lock, shared);
	}
	size_t count = entries_normalise(&graph->entries[first], builder->entry_count - first);
	builder->entry_count = first + count;
	graph->sets =
		grow(graph->sets, builder->set_count, &builder->set_size, sizeof(*graph->sets));
	graph->sets[builder->set_count] = (struct held_set){
		.first = first,
		.count = count,
		.hash = entries_hash(graph, &graph->entries[first], count),
		.owners = owners,
	};
	graph->set_of[node] = builder->set_count;
	return &graph->sets[builder->set_count++];
}

/* Whether the set has another lock of that component, and not the lock itself. */
static bool set_concerns(const struct builder *builder, const struct held_set *set, uint32_t lock)
{
	bool concerns = false;
	for (uint32_t i = 0; i < set->count; i++) {
		uint32_t held = held_lock(builder->graph->entries[set->first + i]);
		if (held == lock)
			return false;
		concerns |= builder->near[held] == builder->near[lock];
	}
	return concerns;
}

static void pairs_add(struct builder *builder, uint32_t node)
{
	const struct node *wanted = &builder->model->nodes[node];
	if (wanted->count == 0 || wanted->parent == NO_INDEX ||
	    builder->path_state[node] != PATH_SOUND || builder->near[wanted->lock] == NO_INDEX ||
	    !counts(builder, node))
		return;
	const struct held_set *set = set_make(builder, wanted->parent);
	if (set && !set_concerns(builder, set, wanted->lock))
		return;
	if (!set || builder->pair_count + set->count > GRAPH_MAX_PAIRS) {
		builder->graph->cut++;
		return;
	}
	for (uint32_t i = 0; i < set->count; i++) {
		uint32_t held = held_lock(builder->graph->entries[set->first + i]);
		if (builder->near[held] != builder->near[wanted->lock])
			continue;
		builder->pairs = grow(builder->pairs, builder->pair_count, &builder->pair_size,
				      sizeof(*builder->pairs));
		builder->pairs[builder->pair_count++] = (struct pair){held, wanted->lock, node};
	}
}

/* Readers that may wait for readers, and the writers that make them. */
static void queue_add(struct builder *builder, uint32_t node)
{
	struct graph *graph = builder->graph;
	const struct node *wanted = &builder->model->nodes[node];
	if (!(builder->model->locks[wanted->lock].flags & TRACE_LOCK_WRITER_FIRST) ||
	    wanted->count == 0 || builder->path_state[node] != PATH_SOUND)
		return;
	const struct held_set *set =
		wanted->parent == NO_INDEX ? &held_nothing : set_make(builder, wanted->parent);
	if (!set) {
		graph->cut++;
		return;
	}
	uint32_t index = held_set_index(graph, set, wanted->lock);
	if (op_flags(wanted->op) & TRACE_OP_SHARED) {
		if (index == NO_INDEX || !held_shared(graph->entries[set->first + index]))
			return;
		graph->rereaders = grow(graph->rereaders, graph->rereader_count,
					&builder->rereader_size, sizeof(*graph->rereaders));
		graph->rereaders[graph->rereader_count++] = node;
	} else if (index == NO_INDEX && !(op_flags(wanted->op) & TRACE_OP_TRY)) {
		graph->writers = grow(graph->writers, graph->writer_count, &builder->writer_size,
				      sizeof(*graph->writers));
		graph->writers[graph->writer_count++] = node;
	}
}

static int compare_queued(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	uint32_t x = model->nodes[a].lock, y = model->nodes[b].lock;
	return x != y ? compare_numbers(x, y) : compare_numbers(a, b);
}

static void queues_make(struct builder *builder)
{
	struct graph *graph = builder->graph;
	for (uint32_t node = 0; node < builder->model->node_count; node++)
		queue_add(builder, node);
	/* The model is only read. */
	void *context = (void *)builder->model;
	if (graph->writer_count)
		qsort_r(graph->writers, graph->writer_count, sizeof(*graph->writers),
			compare_queued, context);
	if (graph->rereader_count)
		qsort_r(graph->rereaders, graph->rereader_count, sizeof(*graph->rereaders),
			compare_queued, context);
}

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	if (a->wanted != b->wanted)
		return a->wanted < b->wanted ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

/* Sorts by held lock (counting), then each lock's by (wanted, node). */
static void pairs_sort(struct builder *builder)
{
	size_t locks = builder->model->lock_count;
	size_t *end = xcalloc(locks + 1, sizeof(*end));
	struct pair *sorted = xcalloc(builder->pair_count + 1, sizeof(*sorted));
	for (size_t i = 0; i < builder->pair_count; i++)
		end[builder->pairs[i].held + 1]++;
	for (size_t lock = 1; lock <= locks; lock++)
		end[lock] += end[lock - 1];
	for (size_t i = 0; i < builder->pair_count; i++)
		sorted[end[builder->pairs[i].held]++] = builder->pairs[i];
	for (size_t lock = 0, first = 0; lock < locks; first = end[lock++])
		qsort(&sorted[first], end[lock] - first, sizeof(*sorted), compare_pairs);
	free(end);
	free(builder->pairs);
	builder->pairs = sorted;
}

static void edges_make(struct builder *builder)
{
	struct graph *graph = builder->graph;
	size_t size = 0;
	graph->edge_nodes = xcalloc(builder->pair_count + 1, sizeof(*graph->edge_nodes));
	graph->first_edge = xcalloc(builder->model->lock_count + 1, sizeof(*graph->first_edge));
	for (size_t i = 0; i < builder->pair_count; i++) {
		const struct pair *pair = &builder->pairs[i];
		struct graph_edge *last =
			graph->edge_count ? &graph->edges[graph->edge_count - 1] : NULL;
		graph->edge_nodes[i] = pair->node;
		if (last && last->held == pair->held && last->wanted == pair->wanted) {
			last->count++;
			continue;
		}
		graph->edges = grow(graph->edges, graph->edge_count, &size, sizeof(*graph->edges));
		graph->edges[graph->edge_count++] =
			(struct graph_edge){pair->held, pair->wanted, i, 1};
		graph->first_edge[pair->held + 1]++;
	}
	for (size_t lock = 1; lock <= builder->model->lock_count; lock++)
		graph->first_edge[lock] += graph->first_edge[lock - 1];
}

/* Gives components their final numbers, in the order of their first locks. */
static void components_number(struct graph *graph, uint32_t found)
{
	size_t locks = graph->model->lock_count;
	uint32_t *number = xmalloc((found + 1) * sizeof(*number));
	memset(number, 0xff, (found + 1) * sizeof(*number));
	graph->components = xcalloc(locks / 2 + 1, sizeof(*graph->components));
	graph->component_locks = xcalloc(locks + 1, sizeof(*graph->component_locks));
	for (uint32_t lock = 0; lock < locks; lock++) {
		if (graph->component_of[lock] == NO_INDEX)
			continue;
		uint32_t *mine = &number[graph->component_of[lock]];
		if (*mine == NO_INDEX)
			*mine = graph->component_count++;
		graph->component_of[lock] = *mine;
		graph->components[*mine].count++;
	}
	for (size_t i = 1; i < graph->component_count; i++)
		graph->components[i].first =
			graph->components[i - 1].first + graph->components[i - 1].count;
	uint32_t *filled = xcalloc(graph->component_count + 1, sizeof(*filled));
	for (uint32_t lock = 0; lock < locks; lock++) {
		uint32_t mine = graph->component_of[lock];
		if (mine != NO_INDEX)
			graph->component_locks[graph->components[mine].first + filled[mine]++] =
				lock;
	}
	free(filled);
	free(number);
}

static void components_make(struct graph *graph)
{
	uint32_t *to = xcalloc(graph->edge_count + 1, sizeof(*to));
	for (size_t i = 0; i < graph->edge_count; i++)
		to[i] = graph->edges[i].wanted;
	struct digraph digraph = {graph->model->lock_count, graph->first_edge, to};
	uint32_t found = components_mark(&digraph, graph->component_of);
	components_number(graph, found);
	free(to);
}

struct graph *graph_new(const struct model *model)
{
	return graph_new_but(model, NULL);
}

struct graph *graph_new_but(const struct model *model, const bool *no_wait)
{
	struct graph *graph = xcalloc(1, sizeof(*graph));
	graph->given = model->node_count;
	graph->laid = joins_lay(model);
	graph->model = model = graph->laid ? graph->laid : model;
	struct builder builder = {
		.graph = graph,
		.model = model,
		.path_state = xcalloc(model->node_count + 1, 1),
		.above = xcalloc(model->node_count + 1, sizeof(*builder.above)),
		.near = xcalloc(model->lock_count + 1, sizeof(*builder.near)),
		.steps_left = GRAPH_MAX_STEPS,
	};
	/* An entry is a lock and one bit. */
	assert(model->lock_count <= UINT32_MAX >> 1);
	graph->component_of = xcalloc(model->lock_count + 1, sizeof(*graph->component_of));
	graph->set_of = xmalloc((model->node_count + 1) * sizeof(*graph->set_of));
	memset(graph->set_of, 0xff, (model->node_count + 1) * sizeof(*graph->set_of));
	paths_check(&builder);
	near_components(&builder);
	for (uint32_t node = 0; node < model->node_count; node++)
		if (!no_wait || node >= graph->given || !no_wait[node])
			pairs_add(&builder, node);
	pairs_sort(&builder);
	edges_make(&builder);
	components_make(graph);
	queues_make(&builder);
	free(builder.path_state);
	free(builder.above);
	free(builder.near);
	free(builder.pairs);
	return graph;
}

void graph_free(struct graph *graph)
{
	if (!graph)
		return;
	joins_free(graph->laid);
	free(graph->tries);
	free(graph->edges);
	free(graph->first_edge);
	free(graph->edge_nodes);
	free(graph->component_of);
	free(graph->components);
	free(graph->component_locks);
	free(graph->set_of);
	free(graph->sets);
	free(graph->entries);
	free(graph->writers);
	free(graph->rereaders);
	free(graph);
}
