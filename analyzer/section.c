/* Walks the trees of situations. */
#include "section.h"
#include "bisect.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Looks at nodes, for all questions together. */
#define SECTIONS_BUDGET (1u << 25)
/* Roots of one thread that one section can begin with. */
#define MAX_ROOTS 64

static bool is_join(const struct node *node, const struct lock *lock)
{
	return op_flags(node->op) & TRACE_OP_WAIT && lock->kind == TRACE_LOCK_thread;
}

/*
 * Whether it waits for something that no event tells of: GLib's conditions. The waits of all others
 * without a limit of time are events, or the thread is `blind`.
 */
static bool is_other_wait(const struct node *node)
{
	return node->count > 0 && node->op == TRACE_OP_g_cond_wait;
}

static void link_nodes(struct sections *sections)
{
	const struct model *model = sections->model;
	for (uint32_t i = model->node_count; i-- > 0;) {
		const struct node *node = &model->nodes[i];
		uint32_t *first = node->parent == NO_INDEX ? &sections->first_root[node->thread]
							   : &sections->first_child[node->parent];
		sections->next[i] = *first;
		*first = i;
	}
}

bool node_is_reused(const struct sections *sections, uint32_t node)
{
	const struct node *nodes = sections->model->nodes;
	for (unsigned steps = 0; node != NO_INDEX; node = nodes[node].parent)
		if (sections->reused[nodes[node].lock] || ++steps > SECTION_MAX_PATH)
			return true;
	return false;
}

static void note_firsts(struct sections *sections)
{
	const struct model *model = sections->model;
	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		uint32_t *first = &sections->first_take[node->lock];
		if (node->count == 0)
			continue;
		if (*first == NO_INDEX && node->thread == model->locks[node->lock].created_by)
			*first = i;
		if (!is_other_wait(node))
			continue;
		uint32_t epoch = model->spans[node->first_span].first;
		if (epoch < sections->wait_epoch[node->thread])
			sections->wait_epoch[node->thread] = epoch;
		if (node_is_reused(sections, i))
			sections->wait_node[node->thread] = 0;
		if (i < sections->wait_node[node->thread])
			sections->wait_node[node->thread] = i;
	}
}

/*
 * The record of a dead lock may go on for another one that was made at the same place, until that
 * one passes to a record of its own, and takes its nodes along: they are made again.
 */
static void note_reuse(struct sections *sections)
{
	const struct model *model = sections->model;
	uint32_t *made = xcalloc(model->stack_count + 1, sizeof(*made));
	bool *ended = xcalloc(model->stack_count + 1, sizeof(*ended));
	for (size_t i = 0; i < model->lock_count; i++) {
		const struct lock *lock = &model->locks[i];
		if (lock->created_stack == NO_INDEX)
			continue;
		made[lock->created_stack] += lock->lives;
		ended[lock->created_stack] |= lock->lives > 1 || lock->flags & TRACE_LOCK_DESTROYED;
	}
	for (size_t i = 0; i < model->lock_count; i++) {
		const struct lock *lock = &model->locks[i];
		uint32_t stack = lock->created_stack;
		sections->reused[i] =
			lock->lives > 1 || (stack != NO_INDEX && made[stack] > 1 && ended[stack]);
	}
	free(made);
	free(ended);
}

static uint32_t *none(size_t count)
{
	uint32_t *array = xmalloc((count + 1) * sizeof(*array));
	memset(array, 0xff, (count + 1) * sizeof(*array));
	return array;
}

struct sections *sections_new(const struct model *model)
{
	struct sections *sections = xcalloc(1, sizeof(*sections));
	sections->model = model;
	sections->first_child = none(model->node_count);
	sections->next = none(model->node_count);
	sections->first_root = none(model->thread_count);
	sections->wait_epoch = none(model->thread_count);
	sections->wait_node = none(model->thread_count);
	sections->first_take = none(model->lock_count);
	sections->reused = xcalloc(model->lock_count + 1, sizeof(*sections->reused));
	sections->budget = SECTIONS_BUDGET;
	link_nodes(sections);
	note_reuse(sections);
	note_firsts(sections);
	return sections;
}

void sections_free(struct sections *sections)
{
	if (!sections)
		return;
	free(sections->first_child);
	free(sections->next);
	free(sections->first_root);
	free(sections->wait_epoch);
	free(sections->wait_node);
	free(sections->first_take);
	free(sections->reused);
	free(sections);
}

bool node_occurs(const struct model *model, uint32_t node, uint32_t epoch, uint32_t *found)
{
	const struct span *spans = &model->spans[model->nodes[node].first_span];
	uint32_t low = BISECT(0, model->nodes[node].span_count, i, spans[i].last < epoch);
	if (low == model->nodes[node].span_count)
		return false;
	*found = spans[low].first > epoch ? spans[low].first : epoch;
	return true;
}

bool node_surely_occurs(const struct model *model, uint32_t node, uint32_t epoch)
{
	const struct span *spans = &model->spans[model->nodes[node].first_span];
	uint32_t low = BISECT(0, model->nodes[node].span_count, i, spans[i].last < epoch);

	return low < model->nodes[node].span_count &&
	       (spans[low].first == epoch || spans[low].last == epoch);
}

static bool spend_many(struct sections *sections, uint64_t looks)
{
	if (sections->budget < looks)
		return false;
	sections->budget -= looks;
	return true;
}

static bool spend(struct sections *sections)
{
	return spend_many(sections, 1);
}

static bool alike(const struct model *model, uint32_t a, uint32_t b)
{
	const struct node *x = &model->nodes[a], *y = &model->nodes[b];
	return x->lock == y->lock && x->stack == y->stack && x->op == y->op;
}

/* The children of a node of the path, or the thread's roots. */
static uint32_t first_below(const struct sections *sections, uint32_t parent, uint32_t thread)
{
	return parent == NO_INDEX ? sections->first_root[thread] : sections->first_child[parent];
}

/*
 * Whether the thread may have come to the situation by giving back the lock taken directly before
 * its last: there is a node with one more lock in that place. Also when it cannot be told.
 */
static bool is_derivable(struct sections *sections, uint32_t node)
{
	const struct model *model = sections->model;
	const struct node *wanted = &model->nodes[node];
	uint32_t outer = first_below(sections, wanted->parent, wanted->thread);
	for (; outer != NO_INDEX; outer = sections->next[outer]) {
		uint32_t inner = sections->first_child[outer];
		if (!spend(sections))
			return true;
		for (; inner != NO_INDEX; inner = sections->next[inner])
			if (!spend(sections) || alike(model, inner, node))
				return true;
	}
	return false;
}

bool sections_first_is_known(struct sections *sections, uint32_t node)
{
	return !node_is_reused(sections, node) && !is_derivable(sections, node);
}

/* The node whose section is made, and how. */
struct maker {
	struct sections *sections;
	const struct model *model;
	struct section *section;
	uint32_t node, epoch;
	bool first, merged;
	bool ignored; /* nodes without a count may have been acquired */
	bool failed;
	/* The takes of each segment while they are collected. */
	struct section_take takes[SECTION_MAX_TAKES];
	uint32_t of[SECTION_MAX_TAKES];
	uint32_t count;
};

static bool may_take(const struct maker *maker, uint32_t index)
{
	const struct node *node = &maker->model->nodes[index];
	uint32_t found;
	if (index == maker->node)
		return false;
	if (node->count == 0)
		return maker->ignored;
	if (is_join(node, &maker->model->locks[node->lock]) || node_is_void(maker->model, node))
		return false;
	if (!node_occurs(maker->model, index, maker->epoch, &found) || found != maker->epoch)
		return false;
	return !maker->first || index < maker->node || node_is_reused(maker->sections, index);
}

static void take_add(struct maker *maker, uint32_t segment, uint32_t index)
{
	const struct node *node = &maker->model->nodes[index];
	bool shared = op_flags(node->op) & TRACE_OP_SHARED;
	maker->section->waits |= is_other_wait(node);
	for (uint32_t i = 0; i < maker->count; i++)
		if (maker->of[i] == segment && maker->takes[i].taken == node->taken) {
			maker->takes[i].shared &= shared;
			return;
		}
	if (maker->count == SECTION_MAX_TAKES || !spend_many(maker->sections, maker->count / 8)) {
		maker->failed = true;
		return;
	}
	maker->takes[maker->count] = (struct section_take){node->lock, node->taken, shared};
	maker->of[maker->count++] = segment;
}

/*
 * A node below `depth` nodes of the path may have been acquired in segment `depth`; and in those
 * before it as far as the path's nodes on the way were acquired more than once, and so may have
 * been given back.
 */
static void visit(struct maker *maker, uint32_t index, uint32_t depth)
{
	const struct section *section = maker->section;
	const struct node *nodes = maker->model->nodes;
	if (!may_take(maker, index))
		return;
	if (maker->merged) {
		take_add(maker, 0, index);
		return;
	}
	if (depth < section->path_count && section->path[depth] == index && nodes[index].count == 1)
		return;
	for (; depth > 0; depth--) {
		take_add(maker, depth, index);
		if (nodes[section->path[depth - 1]].count == 1)
			return;
	}
}

/* Everything below a root. What lies below the wanted node comes after it. */
static void visit_below(struct maker *maker, uint32_t root)
{
	const struct sections *sections = maker->sections;
	const struct section *section = maker->section;
	uint32_t at = root, depth = 0;
	while (!maker->failed) {
		bool on_path = depth < section->path_count && section->path[depth] == at;
		if (!spend(maker->sections)) {
			maker->failed = true;
			return;
		}
		visit(maker, at, depth);
		if (sections->first_child[at] != NO_INDEX && (maker->merged || at != maker->node)) {
			depth += on_path;
			at = sections->first_child[at];
			continue;
		}
		while (at != root && sections->next[at] == NO_INDEX) {
			at = maker->model->nodes[at].parent;
			depth -= depth > 0 && section->path[depth - 1] == at;
		}
		if (at == root)
			return;
		at = sections->next[at];
	}
}

/* The roots with which a section that comes to the path may have begun. False: too many. */
static bool roots_find(struct maker *maker, uint32_t *roots, size_t *count)
{
	const struct sections *sections = maker->sections;
	uint32_t thread = maker->model->nodes[maker->node].thread;
	roots[0] = maker->section->path[0];
	*count = 1;
	for (size_t i = 0; maker->merged && i < *count; i++) {
		uint32_t root = sections->first_root[thread];
		for (; root != NO_INDEX; root = sections->next[root]) {
			uint32_t inner = sections->first_child[root];
			bool known = false;
			while (inner != NO_INDEX && !alike(maker->model, inner, roots[i])) {
				if (!spend(maker->sections))
					return false;
				inner = sections->next[inner];
			}
			for (size_t k = 0; k < *count; k++)
				known |= roots[k] == root;
			if (inner == NO_INDEX || known)
				continue;
			if (*count == MAX_ROOTS)
				return false;
			roots[(*count)++] = root;
		}
	}
	return true;
}

static bool path_make(struct maker *maker)
{
	const struct node *nodes = maker->model->nodes;
	struct section *section = maker->section;
	for (uint32_t at = nodes[maker->node].parent; at != NO_INDEX; at = nodes[at].parent)
		section->path_count++;
	if (section->path_count > SECTION_MAX_PATH)
		return false;
	section->path = xcalloc(section->path_count, sizeof(*section->path));
	size_t i = section->path_count;
	for (uint32_t at = nodes[maker->node].parent; at != NO_INDEX; at = nodes[at].parent)
		section->path[--i] = at;
	return true;
}

/* Whether the section is one segment. False in *known: what is held came from nowhere. */
static bool path_merges(struct maker *maker, bool *known)
{
	const struct section *section = maker->section;
	bool merged = false;
	*known = true;
	for (size_t i = 0; i < section->path_count; i++) {
		bool derivable = is_derivable(maker->sections, section->path[i]);
		merged |= derivable;
		*known &= derivable || maker->model->nodes[section->path[i]].count > 0;
	}
	return merged;
}

static void segments_put(struct maker *maker)
{
	struct section *section = maker->section;
	section->segment_count = maker->merged ? 1 : section->path_count + 1;
	section->segments = xcalloc(section->segment_count, sizeof(*section->segments));
	section->takes = xcalloc(maker->count + section->path_count, sizeof(*section->takes));
	for (uint32_t s = 0; s < section->segment_count; s++) {
		struct segment *segment = &section->segments[s];
		segment->first = section->take_count;
		for (uint32_t i = 0; i < maker->count; i++)
			if (maker->of[i] == s)
				section->takes[section->take_count++] = maker->takes[i];
		segment->kept_first = maker->merged ? 0 : s;
		segment->kept_end = maker->merged	      ? section->path_count
				    : s < section->path_count ? s + 1
							      : s;
		for (uint32_t k = segment->kept_first; k < segment->kept_end; k++) {
			const struct node *node = &maker->model->nodes[section->path[k]];
			section->takes[section->take_count++] = (struct section_take){
				node->lock, node->taken, op_flags(node->op) & TRACE_OP_SHARED};
		}
		segment->end = section->take_count;
	}
}

static bool fill(struct maker *maker)
{
	uint32_t roots[MAX_ROOTS];
	size_t count = 0;
	bool known;
	if (!path_make(maker))
		return false;
	if (maker->section->path_count > 0) {
		maker->merged = path_merges(maker, &known);
		if (!known || !roots_find(maker, roots, &count))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		visit_below(maker, roots[i]);
	if (maker->failed)
		return false;
	segments_put(maker);
	return true;
}

bool section_make(struct sections *sections, uint32_t node, uint32_t epoch, bool first,
		  struct section *section)
{
	const struct model *model = sections->model;
	struct maker *maker = xcalloc(1, sizeof(*maker));
	*section = (struct section){0};
	maker->sections = sections;
	maker->model = model;
	maker->section = section;
	maker->node = node;
	maker->epoch = epoch;
	maker->first = first;
	maker->ignored =
		model->processes[model->threads[model->nodes[node].thread].process].ignored;
	bool made = fill(maker);
	free(maker);
	if (!made)
		section_release(section);
	return made;
}

void section_release(struct section *section)
{
	free(section->path);
	free(section->takes);
	free(section->segments);
	*section = (struct section){0};
}
