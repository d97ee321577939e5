/* Owns the threads that have ended, by what they did. */
#include "twins.h"

#include "arena.h"
#include "families.h"
#include "join.h"
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
	uint32_t alike; /* reference of that record; 0: none yet */
	uint64_t kin_then;
	uint32_t parts; /* how many of its kin can have a part in one circle */
	struct trace_cursor cursor;
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

static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b ^ b >> 32) * LOCK_HASH_FACTOR;
	return ((a ^ a >> 29) + b * TREE_SITE_FACTOR) * LOCK_HASH_FACTOR | 1;
}

static uint64_t print_of(uint32_t ref)
{
	const struct trace_node *node = trace_at(ref);

	if (!node)
		return 1;
	return mix(mix(print_of(node->parent), (uint64_t)node->lock << 32 | node->stack), node->op);
}

/* What its creation and its end were like. Whether it is detached may turn out later. */
static uint64_t print_of_thread(const struct trace_thread *record)
{
	uint64_t print = (uint64_t)record->creator << 32 | record->created_stack, words[2];

	memcpy(words, record->name, sizeof(words));
	print = mix(mix(print, record->start_routine), record->state & TRACE_THREAD_CANCELLABLE);
	return mix(mix(print, words[0]), words[1]);
}
_Static_assert(TRACE_NAME_SIZE == 16, "a name is two words");

static size_t size_of(uint32_t count)
{
	return sizeof(struct ended) + count * sizeof(struct deed);
}

static void free_ended(struct ended *ended)
{
	arena_free(ended, size_of(ended->count));
	ended_count--;
}

/* Who takes it inside something may be in a circle by that; and the writer whom a reader waits
 * behind is in none of its steps. */
static uint32_t parts_of(const struct trace_node *node)
{
	bool writes = op_kind(node->op) == TRACE_LOCK_rwlock && !op_is_shared(node->op);

	return (node->parent != 0) + writes;
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
	ended->kin_then = twin->kin_then;
	ended->cursor = *twins_cursor(self);
	ended->count = twin->count;
	ended->kin = print_of_thread(record);
	for (uint32_t i = 0; i < twin->count; i++) {
		const struct trace_node *node = trace_at(twin->nodes[i]);
		uint64_t print = node->count ? print_of(twin->nodes[i]) : 0;

		ended->kin = print ? mix(ended->kin, print) : ended->kin;
		if (print)
			ended->parts += parts_of(node);
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

static void add_wait(struct trace_node *to, struct trace_node *from)
{
	struct trace_wait *wait = trace_at(from->wait), *sum = trace_at(to->wait);

	if (!wait || !wait->count)
		return;
	if (!sum) {
		sum = trace_alloc(&recorder_cursor, TRACE_TYPE_wait, sizeof(*sum));
		if (sum) {
			sum->node = trace_ref(to);
			sum->stack = wait->stack;
			trace_commit(&recorder_cursor, sum);
			to->wait = trace_ref(sum);
		}
	}
	if (sum) {
		sum->count += wait->count;
		sum->total += wait->total;
		sum->max = wait->max > sum->max ? wait->max : sum->max;
		for (unsigned b = 0; b < TRACE_BUCKETS; b++)
			sum->buckets[b] += wait->buckets[b];
	}
	wait->count = wait->total = wait->max = 0;
	memset(wait->buckets, 0, sizeof(wait->buckets));
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
	if (!count_alike(into, record_of(ended)->number))
		return false;
	for (uint32_t i = 0; i < ended->count; i++) {
		struct trace_node *from = trace_at(ended->deeds[i].node), *to;

		if (!ended->deeds[i].print)
			continue;
		to = same_deed(into, ended->deeds[i].print);
		to->count += from->count;
		add_wait(to, from);
		from->count = 0;
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
	if (record_of(ended)->state & TRACE_THREAD_AWAITED) {
		free_ended(ended);
		return;
	}
	/* None of those that are joined. */
	ended->kin = mix(ended->kin, TRACE_THREAD_DETACHED);
	into = find_detached(ended);
	if (!into || !fold(into, ended, handle))
		stand(ended);
}

/* It did more than those that were made at its place: it may have woken others. */
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
static struct ended *find_joined(const struct thread *self, const struct ended *ended)
{
	const uint32_t others = self->twin.others, marked = self->twin.marked;
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
	return found && tried > ended->parts && record_of(found)->join_epoch >= others &&
			       record_of(found)->join_epoch >= marked
		       ? found
		       : NULL;
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

bool twins_joined(struct thread *self, uint32_t thread, pthread_t handle)
{
	const struct trace_thread *record = trace_at(thread);
	struct ended *ended = take_waiting(thread), *into;
	uint32_t epoch;

	if (!ended || record->creator != self->ref || thread_depth(self) || join_has_lock(thread)) {
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
	into = find_joined(self, ended);
	if (!into) {
		stand(ended);
		return true;
	}
	epoch = record->join_epoch;
	if (!fold(into, ended, handle)) {
		stand(ended);
		return true;
	}
	((struct trace_thread *)trace_at(into->thread))->join_epoch = epoch;
	make_first(into);
	return true;
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

void twins_forget(uint32_t thread)
{
	struct ended *ended;

	if (!thread)
		return;
	ended = take_waiting(thread);
	if (ended)
		free_ended(ended);
	else if ((ended = find_standing(thread)))
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
	for (uint32_t i = 0; i < spare.count; i++)
		tree_again(child, spare.nodes[i]);
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
	spares_reset();
	ended_count = 0;
	memset(recent, 0, sizeof(recent));
}
