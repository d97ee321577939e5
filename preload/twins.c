/* Owns the threads that have ended, by what they did. */
#include "twins.h"

#include "alone.h"
#include "arena.h"
#include "join.h"
#include "kin.h"
#include "spares.h"
#include "tree.h"

#include <string.h>

enum {
	MOST_ENDED = 1 << 14,
	MOST_TRIED = 2 * TWIN_NODES,
	MOST_AT_ONCE = 1 << 12, /* of a kin that are joined */
	RECENT = 256,
};

/* A node, by what it and those above it are; print: 0: it was not acquired. */
struct deed {
	uint64_t print;
	uint32_t node;
};

/* A thread that has ended; the newest of those that its record stands for. */
struct ended {
	struct ended *next; /* of the same kin, in a ring */
	uint64_t kin;
	uint32_t thread;
	uint32_t marked_then, alike; /* alike: reference of that record; 0: none yet */
	uint64_t kin_then;
	uint32_t parts; /* how many of its kin can have a part in one circle */
	struct trace_cursor cursor;
	pthread_t handle; /* valid when it was joined, and onces that are alone concern it yet */
	bool joined;
	uint32_t join; /* node, of its joiner, with nothing held; 0: none */
	uint32_t marked_joined;
	uint32_t count;
	struct deed deeds[];
};

/* Thread record -> who is not settled; kin -> the last of those that stand for it, which is before
 * the first: the newest. */
static struct address_map waiting, kins;
static uint32_t ended_count;
/* Threads that count on another one's record, by their numbers: who lost their own last. */
static struct counted {
	uint32_t number, alike;
} recent[RECENT];

static size_t size_of(uint32_t count)
{
	return sizeof(struct ended) + count * sizeof(struct deed);
}

static void free_ended(struct ended *ended)
{
	arena_free(ended, size_of(ended->count));
	ended_count--;
}

/* What is to be known of it; NULL: it is not to be taken for another one's twin. */
static struct ended *describe(struct thread *self)
{
	const struct twin *twin = &self->twin;
	const struct trace_thread *record = trace_at(self->ref);
	struct ended *ended = NULL;

	if (twins_may_have(self) && ended_count < MOST_ENDED)
		ended = arena_alloc(size_of(twin->count));
	if (!ended)
		return NULL;
	ended_count++;
	ended->thread = self->ref;
	ended->marked_then = twin->marked_then;
	ended->kin_then = twin->kin_then;
	ended->cursor = *twins_cursor(self);
	ended->count = twin->count;
	ended->kin = kin_print_thread(record);
	for (uint32_t i = 0; i < twin->count; i++) {
		const struct trace_node *node = trace_at(twin->nodes[i]);
		uint64_t print = node->count ? kin_print(twin, twin->nodes[i]) : 0;

		ended->kin = print ? kin_mix(ended->kin, print) : ended->kin;
		if (print)
			ended->parts += kin_parts(node);
		ended->deeds[i] = (struct deed){print, twin->nodes[i]};
	}
	ended->kin |= 1; /* 0 is none */
	return ended;
}

static struct ended *last_of(uint64_t kin)
{
	return (struct ended *)(uintptr_t)address_map_get(&kins, kin);
}

/* Becomes one that others may be counted on. */
static void stand(struct ended *ended)
{
	struct ended *last = last_of(ended->kin);

	if (!last && !address_map_put(&kins, ended->kin, (uintptr_t)ended)) {
		free_ended(ended);
		return;
	}
	ended->next = last ? last->next : ended;
	if (last)
		last->next = ended;
}

static struct trace_node *same_deed(const struct ended *ended, uint64_t print)
{
	for (uint32_t i = 0; i < ended->count; i++) {
		if (ended->deeds[i].print == print)
			return trace_at(ended->deeds[i].node);
	}
	return NULL;
}

static const struct trace_thread *record_of(const struct ended *ended)
{
	return trace_at(ended->thread);
}

/* One more thread that the record stands for, of that number. False: no space. */
static bool count_alike(struct ended *ended, uint32_t number)
{
	struct trace_alike *alike = trace_at(ended->alike);

	if (!alike) {
		alike = trace_alloc(&recorder_cursor, TRACE_TYPE_alike, sizeof(*alike));
		if (!alike)
			return false;
		alike->thread = ended->thread;
		trace_commit(&recorder_cursor, alike);
		ended->alike = trace_ref(alike);
	}
	alike->count++;
	recent[number % RECENT] = (struct counted){number, ended->alike};
	return true;
}

void twins_uncount(uint32_t number)
{
	const struct counted *counted = &recent[number % RECENT];
	struct trace_alike *alike = trace_at(counted->alike);

	if (alike && counted->number == number)
		alike->count--;
}

/* For the next that is created there. */
static void keep_spare(const struct ended *ended)
{
	struct spare spare = {
		.thread = ended->thread,
		.cursor = ended->cursor,
		.count = ended->count,
	};

	for (uint32_t i = 0; i < ended->count; i++)
		spare.nodes[i] = ended->deeds[i].node;
	spares_keep(&spare);
}

/* What the one did counts on the record of the other. False: no space. */
static bool fold(struct ended *into, struct ended *ended, pthread_t handle)
{
	struct trace_node *joins = trace_at(ended->join), *joined = NULL;

	if (joins && joins->count)
		joined = kin_join(joins, into->thread);
	if ((joins && joins->count && !joined) || !count_alike(into, record_of(ended)->number))
		return false;
	if (joined)
		kin_move(joined, joins);
	for (uint32_t i = 0; i < ended->count; i++) {
		struct trace_node *from = trace_at(ended->deeds[i].node), *to;

		if (!ended->deeds[i].print)
			continue;
		to = same_deed(into, ended->deeds[i].print);
		kin_count(to, from);
		if (from->op == TRACE_OP_once || from->op == TRACE_OP_call_once)
			alone_keep(ended->thread, from->lock, to->lock);
	}
	thread_gone_as(handle, ended->thread, into->thread);
	keep_spare(ended);
	free_ended(ended);
	return true;
}

/* Of those that were made before it: when there are enough of them, one. */
static struct ended *find_detached(const struct ended *ended)
{
	struct ended *last = last_of(ended->kin), *at = last, *found = NULL;
	uint32_t before = 0, tried = 0;

	if (!at)
		return NULL;
	do {
		at = at->next;
		if (record_of(at)->create_epoch <= record_of(ended)->create_epoch) {
			found = at;
			before++;
		}
	} while (at != last && before <= ended->parts && ++tried < MOST_TRIED);
	return before > ended->parts ? found : NULL;
}

static void settle(struct ended *ended, pthread_t handle)
{
	struct ended *into;

	/* Who waits for it may yet be told that it has joined it. */
	if (record_of(ended)->state & TRACE_THREAD_AWAITED || alone_concerns(ended->thread)) {
		free_ended(ended);
		return;
	}
	/* None of those that are joined. */
	ended->kin = kin_mix(ended->kin, TRACE_THREAD_DETACHED);
	into = find_detached(ended);
	if (!into || !fold(into, ended, handle))
		stand(ended);
}

/* It did more than those that were made at its place: it may wake others. */
static void note_other(const struct thread *self, const struct trace_thread *record)
{
	struct thread *creator = self->twin.creator;

	if (creator && creator->ref == record->creator &&
	    creator->twin.others <= record->create_epoch)
		creator->twin.others = record->create_epoch + 1;
}

void twins_ended(struct thread *self, pthread_t handle)
{
	const struct trace_thread *record = trace_at(self->ref);
	struct ended *ended = describe(self);

	if (!ended) {
		note_other(self, record);
		return;
	}
	if (record->state & TRACE_THREAD_DETACHED && record->state & TRACE_THREAD_CREATED)
		settle(ended, handle);
	else if (!address_map_put(&waiting, ended->thread, (uintptr_t)ended))
		free_ended(ended);
}

static struct ended *take_waiting(uint32_t thread)
{
	struct ended *ended = (struct ended *)(uintptr_t)address_map_get(&waiting, thread);

	if (ended)
		address_map_remove(&waiting, thread);
	return ended;
}

void twins_settled(uint32_t thread, pthread_t handle)
{
	const struct trace_thread *record = trace_at(thread);
	struct ended *ended;

	if (!(record->state & TRACE_THREAD_CREATED) || !(record->state & TRACE_THREAD_DETACHED) ||
	    !(ended = take_waiting(thread)))
		return;
	settle(ended, handle);
}

/*
 * One that was joined before it was made, with nothing of note in between: the last of these. So at
 * no time that a thread made in between can tell are there more records than there were threads.
 */
static struct ended *find_joined(const struct ended *ended)
{
	const uint32_t created = record_of(ended)->create_epoch;
	struct ended *last = last_of(ended->kin), *at = last, *found = NULL;
	uint32_t tried = 0;

	if (!at || ended->kin_then != ended->kin)
		return NULL;
	do {
		at = at->next;
		if (!found && record_of(at)->join_epoch <= created)
			found = at;
		tried++;
	} while (at != last && (!found || tried <= ended->parts) && tried < MOST_AT_ONCE);
	if (!found || tried <= ended->parts || record_of(found)->join_epoch < ended->marked_then ||
	    record_of(found)->join_epoch < ended->marked_joined)
		return NULL;
	return found;
}

/* It was joined last of its kin. */
static void make_first(struct ended *ended)
{
	struct ended *last = last_of(ended->kin), *before = last;

	while (before->next != ended)
		before = before->next;
	if (ended == last) {
		/* The ring begins behind the last. */
		address_map_put(&kins, ended->kin, (uintptr_t)before);
		return;
	}
	before->next = ended->next;
	ended->next = last->next;
	last->next = ended;
}

/* Whether one of its kin was joined after it, and was settled before. */
static bool comes_late(const struct ended *ended)
{
	const struct ended *last = last_of(ended->kin);

	return last && record_of(last->next)->join_epoch > record_of(ended)->join_epoch;
}

/* It was joined, and nothing living knows it. */
static void settle_joined(struct ended *ended)
{
	const uint32_t epoch = record_of(ended)->join_epoch;
	struct ended *into;

	if (comes_late(ended)) {
		free_ended(ended);
		return;
	}
	into = find_joined(ended);
	if (!into || !fold(into, ended, ended->handle)) {
		stand(ended);
		return;
	}
	((struct trace_thread *)trace_at(into->thread))->join_epoch = epoch;
	make_first(into);
}

/* Epoch of the last thing that may not be between two threads of which one counts on the other's
 * record, and 1. */
static uint32_t last_mark(const struct thread *self)
{
	const struct trace_thread *record = trace_at(self->ref);
	const struct twin *twin = &self->twin;
	uint32_t mark = twin->marked > twin->others ? twin->marked : twin->others;

	if (record->state & (TRACE_THREAD_MAIN | TRACE_THREAD_DETACHED) || twin->took < mark)
		return mark;
	return twin->took;
}

bool twins_joined(struct thread *self, uint32_t thread, pthread_t handle,
		  const struct trace_node *join)
{
	const struct trace_thread *record = trace_at(thread);
	struct ended *ended = take_waiting(thread);

	if (!ended || record->creator != self->ref || (thread_depth(self) && !alone_only(self)) ||
	    join_has_lock(thread)) {
		if (ended)
			free_ended(ended);
		self->twin.kin = 0;
		return false;
	}
	if (self->twin.kin != ended->kin) {
		/* The joins before this one were others'. */
		self->twin.kin = ended->kin;
		self->twin.kin_stack = record->created_stack;
		twins_mark(self);
	}
	ended->join = trace_ref(join);
	ended->marked_joined = last_mark(self);
	ended->handle = handle;
	ended->joined = true;
	if (!alone_concerns(thread))
		settle_joined(ended);
	else if (!address_map_put(&waiting, thread, (uintptr_t)ended))
		free_ended(ended);
	return true;
}

void twins_settled_once(uint32_t thread)
{
	struct ended *ended = (struct ended *)(uintptr_t)address_map_get(&waiting, thread);

	if (ended && ended->joined && !alone_concerns(thread))
		settle_joined(take_waiting(thread));
}

static void drop(struct ended *ended)
{
	struct ended *before = ended;

	while (before->next != ended)
		before = before->next;
	before->next = ended->next;
	if (before == ended)
		address_map_remove(&kins, ended->kin);
	else if (last_of(ended->kin) == ended)
		address_map_put(&kins, ended->kin, (uintptr_t)before);
	free_ended(ended);
}

/* Hardly ever: so the threads are looked through. */
static struct ended *find_standing(uint32_t thread)
{
	for (size_t i = 0; i < kins.count; i++) {
		struct ended *last = (struct ended *)(uintptr_t)kins.slots[i].value, *at = last;

		if (!kins.slots[i].key)
			continue;
		do {
			if (at->thread == thread)
				return at;
			at = at->next;
		} while (at != last);
	}
	return NULL;
}

bool twins_forget_waiting(uint32_t thread)
{
	struct ended *ended = take_waiting(thread);

	if (ended)
		free_ended(ended);
	return ended;
}

void twins_forget(uint32_t thread)
{
	struct ended *ended;

	if (thread && !twins_forget_waiting(thread) && (ended = find_standing(thread)))
		drop(ended);
}

struct trace_thread *twins_created(struct thread *creator, struct thread *child, uint32_t stack)
{
	struct trace_thread *record;
	struct spare spare;

	twins_begin(creator, child);
	if (stack != creator->twin.kin_stack)
		creator->twin.others = creator->epoch + 1;
	if (!spares_take(creator->ref, stack, &spare))
		return NULL;
	record = trace_at(spare.thread);
	for (uint32_t i = 0; i < spare.count; i++) {
		struct trace_node *node = trace_at(spare.nodes[i]);

		node->first_epoch = node->last_epoch = 0;
		tree_again(child, spare.nodes[i]);
	}
	child->twin.inherited = spare.count;
	child->twin.cursor = spare.cursor;
	record->joined_by = record->join_epoch = 0;
	memset(record->name, 0, sizeof(record->name));
	record->tid = 0;
	return record;
}

void twins_abandoned(struct thread *child)
{
	const struct twin *twin = &child->twin;
	struct spare spare = {
		.thread = child->ref,
		.cursor = *twins_cursor(child),
		.count = twin->count,
	};

	/* Its creator may know it (guarded.h). */
	if (twin->excluded)
		return;
	memcpy(spare.nodes, twin->nodes, sizeof(spare.nodes));
	spares_keep(&spare);
}

void twins_reset(void)
{
	address_map_free(&waiting);
	address_map_free(&kins);
	alone_reset();
	spares_reset();
	ended_count = 0;
	memset(recent, 0, sizeof(recent));
}
