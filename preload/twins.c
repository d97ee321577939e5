/* Owns what becomes of threads that have ended: whether one counts on another's record. */
#include "twins.h"

#include "alone.h"
#include "between.h"
#include "brood.h"
#include "ended.h"
#include "join.h"
#include "kin.h"
#include "meetings.h"
#include "rounds.h"
#include "spares.h"
#include "tree.h"

#include <string.h>

enum {
	MOST_TRIED = 2 * TWIN_NODES,
	MOST_AT_ONCE = 1 << 12, /* of a kin that are joined */
	MOST_IN_VAIN = 8,	/* the newest come first */
};

/* Of those that were made before it: when there are enough of them, one. */
static struct ended *find_detached(const struct ended *ended)
{
	struct ended *last = ended_last(ended->kin), *at = last, *found = NULL;
	uint32_t before = 0, tried = 0;

	if (!at)
		return NULL;
	do {
		at = at->next;
		if (ended_record(at)->create_epoch <= ended_record(ended)->create_epoch) {
			found = at;
			before++;
		}
	} while (at != last && before <= ended->parts && ++tried < MOST_TRIED);
	return before > ended->parts ? found : NULL;
}

static void settle(struct ended *ended, pthread_t handle)
{
	const struct trace_thread *record = ended_record(ended);
	struct ended *into;
	/* Who waits for it may yet be told that it has joined it. */
	const bool odd = record->state & TRACE_THREAD_AWAITED;

	brood_close(ended->thread, odd || ended->meets);
	if (odd || ended->meets) {
		ended_free(ended);
		return;
	}
	/* None of those that are joined. */
	ended->kin = kin_mix(ended->kin, TRACE_THREAD_DETACHED);
	into = find_detached(ended);
	if (into && between_fits(into, ended) && ended_fold(into, ended, handle))
		return;
	brood_note_detached(record->creator, record->create_epoch);
	ended_stand(ended);
}

/* Nobody joins it. */
static void settle_detached(struct ended *ended, pthread_t handle)
{
	const bool open = !between_detached(ended->thread);

	if (!open && !alone_concerns(ended->thread)) {
		settle(ended, handle);
		return;
	}
	ended->handle = handle;
	if (ended_await(ended) && open)
		between_ended(ended->thread);
}

/* Those that the thread made, and of whose locks none is left. */
static void settle_between(struct thread *self)
{
	struct ended *ended;
	uint32_t thread;

	while ((thread = between_settled(self->ref))) {
		ended = ended_take(thread);
		if (!alone_concerns(thread) && between_describe(self, ended)) {
			settle(ended, ended->handle);
			continue;
		}
		brood_close(thread, true);
		ended_free(ended);
	}
}

/* Not of one that did something for onces, and has such locks, too. */
static struct ended *describe(struct thread *self)
{
	const bool whole = !self->twin.meets || between_give_up(self->ref);
	struct ended *ended = whole ? ended_describe(self) : NULL;

	if (ended && between_concerns(self->ref) && (self->twin.passes || self->twin.once_count)) {
		ended_free(ended);
		ended = NULL;
	}
	if (!ended)
		between_leave(self->ref);
	return ended;
}

void twins_ended(struct thread *self, pthread_t handle)
{
	const struct trace_thread *record = trace_at(self->ref);
	struct ended *ended = describe(self);

	brood_end(self->ref);
	rounds_end(self->ref);
	if (!ended)
		meetings_end(self->ref, &self->twin);
	if (!ended || ended->unjoined)
		brood_close(self->ref, true);
	if (!ended)
		return;
	if (record->state & TRACE_THREAD_DETACHED && record->state & TRACE_THREAD_CREATED)
		settle_detached(ended, handle);
	else if (!ended_await(ended))
		brood_close(self->ref, true);
}

void twins_settled(uint32_t thread, pthread_t handle)
{
	const struct trace_thread *record = trace_at(thread);
	struct ended *ended;

	if (!(record->state & TRACE_THREAD_CREATED) || !(record->state & TRACE_THREAD_DETACHED) ||
	    !(ended = ended_take(thread)))
		return;
	settle_detached(ended, handle);
}

/*
 * One that was joined before it was made, with nothing of note in between: the last of these. So at
 * no time that a thread made in between can tell are there more records than there were threads.
 */
static struct ended *find_joined(const struct ended *ended)
{
	const uint32_t created = ended_record(ended)->create_epoch;
	struct ended *last = ended_last(ended->kin), *at = last, *found = NULL;
	uint32_t tried = 0;

	if (!at || ended->kin_then != ended->kin)
		return NULL;
	do {
		at = at->next;
		if (!found && ended_record(at)->join_epoch <= created)
			found = at;
		tried++;
	} while (at != last && (!found || tried <= ended->parts) && tried < MOST_AT_ONCE);
	if (!found || tried <= ended->parts || ended_record(found)->join_epoch < ended->marked ||
	    !between_fits(found, ended))
		return NULL;
	return found;
}

static bool is_in_turn(const struct ended *other, const struct ended *ended)
{
	const struct trace_thread *record = ended_record(other);

	return record->join_epoch <= ended_record(ended)->create_epoch &&
	       ended->ordered <= record->create_epoch + 1 &&
	       ended->came_with <= record->create_epoch &&
	       (ended->inside <= ended_record(ended)->create_epoch + 1 ||
		ended->taken == other->taken) &&
	       between_fits(other, ended);
}

/* One that was joined before it was made, the only one then; of what orders, there has been nothing
 * since the other one was made, and what its creator took inside anything meanwhile, it took while
 * the other one was there, too. */
static struct ended *find_in_turn(const struct ended *ended)
{
	struct ended *last = ended_last(ended->kin), *at = last, *found = NULL;
	uint32_t tried = 0;

	if (!at || !ended->only)
		return NULL;
	do {
		at = at->next;
		if (!found && is_in_turn(at, ended))
			found = at;
		tried++;
	} while (at != last && tried <= ended->parts + (found ? 0 : MOST_IN_VAIN));
	/* That there were fewer threads than can have a part in one circle would not be true. */
	return tried > ended->parts ? found : NULL;
}

/* What it did counts on that record, which was joined with it then, but for one in turn. False: it
 * keeps its own. */
static bool count_on(struct ended *into, struct ended *ended)
{
	const uint32_t epoch = ended_record(ended)->join_epoch;
	struct twin *twin = &current_thread->twin;
	const uint32_t bare = twin->bare;
	const bool in_turn = ended->in_turn;

	if (in_turn && twin->open == ended->thread)
		twin->bare = twin->bare_before;
	if (!ended_fold(into, ended, ended->handle)) {
		twin->bare = bare;
		ended_stand(ended);
		return false;
	}
	if (in_turn)
		return true;
	ended_record(into)->join_epoch = epoch;
	ended_make_first(into);
	return true;
}

/* It is not to be known in time what those made before its join did: so it stands for itself. */
static void give_up(struct ended *ended)
{
	if (!alone_concerns(ended->thread) && !between_is_open(ended->thread)) {
		ended_stand(ended);
		return;
	}
	brood_close(ended->thread, true);
	ended_free(ended);
}

/* Whether it may yet turn out that something between these two tells them apart. */
static bool is_open(const struct thread *self, const struct brood *brood, const struct ended *into,
		    const struct ended *ended)
{
	uint32_t from = ended_record(into)->join_epoch, to = ended_record(ended)->join_epoch;

	/* Those that are open were detached: as long as they may yet do more, or stay. */
	if (ended->in_turn)
		from = ended_record(into)->create_epoch;
	return brood_is_open(brood, from, to) || alone_is_open(self, from, to);
}

/* NULL: none. */
static struct ended *find_other(struct ended *ended)
{
	struct ended *found = ended->meets ? NULL : find_joined(ended);

	if (ended->meets)
		return NULL;
	ended->in_turn = !found;
	return found ? found : find_in_turn(ended);
}

/* As far as that is settled. Returns the last of those that the thread has joined, if nothing is
 * left of it; 0. */
static uint32_t settle_joined(const struct thread *self)
{
	struct brood *brood = brood_of(self->ref);
	uint32_t left_nothing = 0;
	struct ended *ended;

	while (brood && (ended = brood->first)) {
		const uint32_t thread = ended->thread;
		bool concerned = alone_concerns(thread) || between_is_open(thread);
		struct ended *into = concerned ? NULL : find_other(ended);
		bool open = concerned || (into && is_open(self, brood, into, ended));
		bool in_turn = into && ended->in_turn;

		if (open && !brood_is_full(brood))
			break;
		left_nothing = 0;
		brood_pop(brood);
		ended_take(thread);
		if (open)
			give_up(ended);
		else if (!into)
			ended_stand(ended);
		else if (count_on(into, ended) && in_turn)
			left_nothing = thread;
	}
	return left_nothing;
}

static uint32_t later(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Epoch of the last thing that may not be between two threads of which one counts on the other's
 * record, and 1. */
static void note_marks(const struct thread *self, const struct brood *brood, struct ended *ended)
{
	const struct trace_thread *record = trace_at(self->ref);
	const struct twin *twin = &self->twin;
	const bool awaited = !(record->state & (TRACE_THREAD_MAIN | TRACE_THREAD_DETACHED));

	ended->inside = later(twin->marked, awaited ? twin->took : 0);
	ended->ordered = later(twin->ordered, brood->ordered);
	ended->marked = later(later(ended->inside, twin->switched), brood->odd);
	ended->only = brood->made == ended_record(ended)->create_epoch;
	/* That of the one made last. */
	ended->taken = twins_taken(self, ended->thread);
}

/* It was joined by its creator, which held nothing that matters. */
static bool may_have_twin(struct thread *self, struct ended *ended)
{
	return ended_record(ended)->creator == self->ref && !self->late && !ended->unjoined &&
	       (!thread_depth(self) || alone_only(self)) && !join_has_lock(ended->thread) &&
	       brood_of(self->ref) && between_joined(self, ended);
}

bool twins_joined(struct thread *self, uint32_t thread, pthread_t handle,
		  const struct trace_node *join)
{
	struct ended *ended = ended_awaited(thread);
	struct brood *brood = brood_of(self->ref);

	self->twin.pending = false;
	meetings_joined(self->ref, thread, ended);
	if (!ended || !may_have_twin(self, ended)) {
		if (ended)
			ended_free(ended_take(thread));
		brood_close(thread, true);
		self->twin.kin = 0;
		return false;
	}
	if (self->twin.kin != ended->kin) {
		/* The joins before this one were others'. */
		self->twin.kin = ended->kin;
		self->twin.kin_stack = ended_record(ended)->created_stack;
		self->twin.switched = self->epoch + 1;
	}
	ended->join = trace_ref(join);
	note_marks(self, brood, ended);
	ended->handle = handle;
	ended->joined = true;
	brood_push(brood, ended);
	if (!alone_concerns(thread))
		brood_close(thread, false);
	if (ended->meets)
		brood_note_elsewhere(self->ref, ended_record(ended)->create_epoch);
	if (!rounds_joins(self, ended) && meetings_any(ended))
		brood_note(self->ref, ended_record(ended)->create_epoch);
	self->twin.left_nothing = settle_joined(self) == thread;
	self->twin.left_nothing |= rounds_joined(self);
	self->twin.open = thread;
	return true;
}

void twins_settled_once(uint32_t thread)
{
	const struct ended *ended = ended_awaited(thread);
	const struct thread *self = current_thread;

	if (!ended || alone_concerns(thread))
		return;
	if (!ended->joined) {
		twins_settled(thread, ended->handle);
		return;
	}
	brood_close(thread, false);
	/* Else at its next join or creation. */
	if (self && self->ref == ended_record(ended)->creator)
		settle_joined(self);
}

bool twins_forget_waiting(uint32_t thread)
{
	struct ended *ended = ended_take(thread);

	if (!ended)
		return false;
	if (ended->joined)
		brood_leave(ended);
	brood_close(thread, true);
	ended_free(ended);
	return true;
}

void twins_forget(uint32_t thread)
{
	if (thread && !twins_forget_waiting(thread))
		ended_forget(thread);
}

static void note_first(struct twin *twin, uint32_t epoch)
{
	twin->round_first = epoch;
	twin->round_bare = twin->bare;
}

struct trace_thread *twins_created(struct thread *creator, struct thread *child, uint32_t stack)
{
	struct trace_thread *record;
	struct spare spare;

	twins_begin(creator, child);
	creator->twin.taken_before = twins_taken(creator, 0);
	creator->twin.taken = creator->twin.shared_count = 0;
	settle_between(creator);
	settle_joined(creator);
	if (creator->twin.pending)
		creator->twin.bare = creator->epoch;
	else
		note_first(&creator->twin, creator->epoch);
	creator->twin.pending = true;
	if (stack != creator->twin.kin_stack)
		brood_note_elsewhere(creator->ref, creator->epoch);
	if (!spares_take(creator->ref, stack, &spare))
		return NULL;
	record = trace_at(spare.thread);
	for (uint32_t i = 0; i < spare.count; i++) {
		struct trace_node *node = trace_at(spare.nodes[i]);

		node->first_epoch = node->last_epoch = 0;
		if (between_any)
			between_prefer(node->lock);
		tree_again(child, spare.nodes[i]);
	}
	child->twin.inherited = spare.count;
	child->twin.cursor = spare.cursor;
	child->twin.signal_room = spare.signal_count;
	memcpy(child->twin.signals, spare.signals, sizeof(spare.signals));
	child->twin.blind = spare.blind;
	record->joined_by = record->join_epoch = 0;
	memset(record->name, 0, sizeof(record->name));
	record->tid = 0;
	return record;
}

void twins_follow(const struct thread *creator, uint32_t child)
{
	struct brood *brood = brood_begin(creator->ref);

	if (!brood)
		return;
	rounds_made(creator, child, brood_newest(creator->ref));
	brood_add(brood, child, creator->epoch);
}

void twins_abandoned(struct thread *child)
{
	const struct twin *twin = &child->twin;
	struct spare spare = {
		.thread = child->ref,
		.cursor = *twins_cursor(child),
		.count = twin->count,
		.signal_count = twin->signal_room,
		.blind = twin->blind,
	};

	brood_close(child->ref, false);
	/* Its creator may know it (guarded.h). */
	if (twin->excluded || twin->unjoined)
		return;
	memcpy(spare.nodes, twin->nodes, sizeof(spare.nodes));
	memcpy(spare.signals, twin->signals, sizeof(spare.signals));
	spares_keep(&spare);
}

void twins_reset(void)
{
	alone_reset();
	twins_watch_reset();
	brood_reset();
	rounds_reset();
	meetings_reset();
	ended_reset();
	spares_reset();
}
