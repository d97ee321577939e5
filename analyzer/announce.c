#include "announce.h"
#include "questions.h"
#include "xalloc.h"
#include <stdlib.h>
#include <uthash.h>

/* Looks at nodes for all joins together; then nothing more is told by code. */
#define MAX_LOOKS (1u << 28)

/* A thread that was woken from a condition, and where it waited for it. */
struct waking {
	uint32_t thread, condition, stack;
};

/* A place where threads are joined: whether all of them announce whatever they take the lock for.
 */
struct place_key {
	uint32_t stack, lock, condition;
};
struct place {
	UT_hash_handle hh;
	struct place_key key;
	bool all;
};

struct announcements {
	const struct model *model;
	struct questions *questions;
	struct place *places;
	uint64_t looks;
	uint64_t *signals;    /* under each node, of its condition */
	uint32_t *last;	      /* of these, a node */
	uint32_t *until;      /* the last epoch in which there was one of them */
	uint32_t *conditions; /* that is signalled under each node; NO_INDEX: none, or several */
	bool *with_others;    /* of each node: another mutex was taken below it */
	struct waking *woken; /* sorted */
	size_t woken_count;
};

static int compare_wakings(const void *left, const void *right)
{
	const struct waking *a = left, *b = right;
	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	if (a->condition != b->condition)
		return a->condition < b->condition ? -1 : 1;
	return (a->stack > b->stack) - (a->stack < b->stack);
}

static bool is_signal(const struct model *model, const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_SIGNAL && node->count > 0 &&
	       model->locks[node->lock].kind == TRACE_LOCK_condition;
}

static uint32_t last_epoch(const struct model *model, const struct node *node)
{
	return node->span_count ? model->spans[node->first_span + node->span_count - 1].last : 0;
}

/* Steps are bounded by the depth that held sets have; a path that is circular is cut. */
static void add_signal(struct announcements *announcements, uint32_t index)
{
	const struct model *model = announcements->model;
	const struct node *signal = &model->nodes[index];
	const uint32_t epoch = last_epoch(model, signal);
	size_t steps = 0;
	for (uint32_t at = signal->parent; at != NO_INDEX && steps++ < 1000;
	     at = model->nodes[at].parent) {
		if (!announcements->signals[at])
			announcements->conditions[at] = signal->lock;
		else if (announcements->conditions[at] != signal->lock)
			announcements->conditions[at] = NO_INDEX;
		announcements->signals[at] += signal->count;
		announcements->last[at] = index;
		if (epoch > announcements->until[at])
			announcements->until[at] = epoch;
	}
}

static bool is_mutex(const struct model *model, uint32_t node)
{
	return model->locks[model->nodes[node].lock].kind == TRACE_LOCK_mutex;
}

static void add_mutex(struct announcements *announcements, uint32_t index)
{
	const struct model *model = announcements->model;
	size_t steps = 0;
	for (uint32_t at = model->nodes[index].parent; at != NO_INDEX && steps++ < 1000;
	     at = model->nodes[at].parent)
		if (model->nodes[at].lock != model->nodes[index].lock)
			announcements->with_others[at] = true;
}

/* Whether the node's thread was not seen to have another mutex when it had that one. */
static bool is_alone(const struct announcements *announcements, uint32_t node)
{
	const struct model *model = announcements->model;
	size_t steps = 0;
	for (uint32_t at = model->nodes[node].parent; at != NO_INDEX; at = model->nodes[at].parent)
		if (is_mutex(model, at) || steps++ == 1000)
			return false;
	return !announcements->with_others[node];
}

static void list_woken(struct announcements *announcements)
{
	const struct model *model = announcements->model;
	announcements->woken = xcalloc(model->event_count, sizeof(*announcements->woken));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		if (event->kind == TRACE_EVENT_woken)
			announcements->woken[announcements->woken_count++] =
				(struct waking){event->thread, event->lock, event->stack};
	}
	if (announcements->woken_count)
		qsort(announcements->woken, announcements->woken_count,
		      sizeof(*announcements->woken), compare_wakings);
}

struct announcements *announcements_new(const struct model *model)
{
	struct announcements *announcements = xcalloc(1, sizeof(*announcements));
	announcements->model = model;
	announcements->questions = questions_new(model);
	announcements->signals = xcalloc(model->node_count, sizeof(*announcements->signals));
	announcements->last = xcalloc(model->node_count, sizeof(*announcements->last));
	announcements->until = xcalloc(model->node_count, sizeof(*announcements->until));
	announcements->conditions = xcalloc(model->node_count, sizeof(*announcements->conditions));
	announcements->with_others =
		xcalloc(model->node_count, sizeof(*announcements->with_others));
	for (uint32_t i = 0; i < model->node_count; i++) {
		if (is_signal(model, &model->nodes[i]))
			add_signal(announcements, i);
		if (is_mutex(model, i))
			add_mutex(announcements, i);
	}
	list_woken(announcements);
	return announcements;
}

void announcements_free(struct announcements *announcements)
{
	struct place *place, *next;
	if (!announcements)
		return;
	HASH_ITER (hh, announcements->places, place, next) {
		HASH_DEL(announcements->places, place);
		free(place);
	}
	questions_free(announcements->questions);
	free(announcements->signals);
	free(announcements->last);
	free(announcements->until);
	free(announcements->conditions);
	free(announcements->with_others);
	free(announcements->woken);
	free(announcements);
}

/* Whether it has the lock from a wait for that condition, not just for any with this lock. */
static bool was_woken(const struct announcements *announcements, const struct node *held,
		      uint32_t condition)
{
	const struct waking wanted = {held->thread, condition, held->stack};
	return announcements->woken_count &&
	       bsearch(&wanted, announcements->woken, announcements->woken_count, sizeof(wanted),
		       compare_wakings);
}

/* The condition that was signalled after each acquisition of the node; NO_INDEX. */
static uint32_t condition_of(const struct announcements *announcements, uint32_t node)
{
	const struct model *model = announcements->model;
	const struct node *taken = &model->nodes[node];
	bool each = taken->count > 0 && announcements->signals[node] >= taken->count &&
		    announcements->until[node] >= last_epoch(model, taken);
	return each ? announcements->conditions[node] : NO_INDEX;
}

/* Marks the threads that are joined there; *joined: for each thread. */
static void mark_joined(const struct announcements *announcements, uint32_t stack, bool *joined)
{
	const struct model *model = announcements->model;
	for (size_t i = 0; i < model->node_count; i++) {
		const struct lock *end = &model->locks[model->nodes[i].lock];
		if (model->nodes[i].stack == stack && end->kind == TRACE_LOCK_thread &&
		    end->thread != NO_INDEX)
			joined[end->thread] = true;
	}
}

static bool place_look(struct announcements *announcements, const struct place_key *key)
{
	const struct model *model = announcements->model;
	bool all = true;
	announcements->looks += 2 * model->node_count + 1;
	if (announcements->looks > MAX_LOOKS)
		return false;
	bool *joined = xcalloc(model->thread_count + 1, sizeof(*joined));
	mark_joined(announcements, key->stack, joined);
	for (uint32_t i = 0; all && i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		all = node->lock != key->lock || node->count == 0 || !joined[node->thread] ||
		      condition_of(announcements, i) == key->condition;
	}
	free(joined);
	return all;
}

/* Whether all threads that are joined where `join` is announce whatever they take the lock for. */
static bool all_announce(struct announcements *announcements, uint32_t join, uint32_t lock,
			 uint32_t condition)
{
	struct place_key key = {announcements->model->nodes[join].stack, lock, condition};
	struct place *place;
	HASH_FIND(hh, announcements->places, &key, sizeof(key), place);
	if (place)
		return place->all;
	place = xcalloc(1, sizeof(*place));
	place->key = key;
	place->all = place_look(announcements, &key);
	HASH_ADD(hh, announcements->places, key, sizeof(key), place);
	return place->all;
}

bool announced_to(struct announcements *announcements, uint32_t node, uint32_t holder,
		  uint32_t join)
{
	const struct node *taken = &announcements->model->nodes[node];
	const struct node *held = &announcements->model->nodes[holder];
	uint32_t condition = condition_of(announcements, node);
	if (condition == NO_INDEX || held->lock != taken->lock)
		return false;
	if (op_flags(held->op) & TRACE_OP_REACQUIRE && was_woken(announcements, held, condition))
		return true;
	return questions_asked(announcements->questions, holder, join, condition,
			       is_alone(announcements, holder)) &&
	       all_announce(announcements, join, held->lock, condition);
}

uint32_t announcing_signal(const struct announcements *announcements, uint32_t node)
{
	return condition_of(announcements, node) == NO_INDEX ? NO_INDEX : announcements->last[node];
}
