/* Owns what is known of objects that only rounds of threads have, and the records that are free. */
#include "meetings.h"

#include "arena.h"
#include "kin.h"
#include "meetings_parts.h"
#include "rounds.h"
#include "sync.h"
#include "twins.h"
#include "unordered.h"

enum { MOST_FREE = 1 << 10 };

struct meeting {
	uint64_t uses;	  /* by anybody */
	uint64_t joined;  /* of these, by threads that their creator joined */
	uint64_t own;	  /* by that itself */
	uint64_t begun;	  /* by threads that said so that they had begun */
	uint64_t others;  /* by those who came when others had counted as earlier ones */
	uint64_t seen;	  /* of these, when a round of it was over */
	int64_t balance;  /* what all but these posted, less what they took */
	uint32_t creator; /* 0: not known yet */
	uint32_t relied;  /* epoch, and 1; 0: not */
	bool holding;	  /* somebody waited there with something held */
	bool outside;	  /* one of `others` has come */
	bool given;	  /* their creator did anything but take units */
	bool helped;	  /* and might let somebody of a round go on, or be let go on; or the
			     creator was, in the midst of one that left nothing */
	bool taken;	  /* somebody took one of its units, and did not go on without */
	bool tried; /* somebody took one of its units without waiting, or would have gone on */
};

/* A thread that has ended and may have no twin. */
struct leaver {
	uint32_t count;
	uint32_t tallies[TWIN_TALLIES];
};

static struct address_map all;	   /* lock records -> struct meeting */
static struct address_map leavers; /* thread records -> struct leaver */
static uint32_t free_events[MOST_FREE], free_tallies[MOST_FREE];
static uint32_t free_across[MOST_FREE];
static uint32_t free_event_count, free_tally_count, free_across_count;

static struct meeting *find(uint32_t lock)
{
	return (struct meeting *)(uintptr_t)address_map_get(&all, lock);
}

/* Whether it may be there in a round that has left nothing. */
static bool is_outsider(uint32_t thread, const struct meeting *meeting)
{
	const struct trace_thread *record = trace_at(thread);

	return meeting->relied && thread != meeting->creator &&
	       (record->creator != meeting->creator || record->create_epoch < meeting->relied);
}

void meetings_admit(const struct thread *self, uint32_t lock)
{
	struct meeting *meeting = find(lock);

	if (!meeting) {
		meeting = arena_alloc(sizeof(*meeting));
		if (meeting && !address_map_put(&all, lock, (uintptr_t)meeting))
			arena_free(meeting, sizeof(*meeting));
	} else if (!meeting->outside && is_outsider(self->ref, meeting)) {
		meeting->outside = true;
		unordered_object();
	}
}

static int64_t balance_of(uint16_t kind, uint32_t count)
{
	return kind == TRACE_EVENT_posted ? count : kind == TRACE_EVENT_taken ? -(int64_t)count : 0;
}

static bool is_first_thread(uint32_t thread)
{
	const struct trace_thread *record = trace_at(thread);

	return record && record->state & TRACE_THREAD_MAIN;
}

/* Whether that is the first thing of note that one of the first thread's does. */
static bool has_just_begun(const struct thread *self)
{
	const struct trace_thread *record = trace_at(self->ref);
	const struct twin *twin = &self->twin;

	return is_first_thread(record->creator) && !self->epoch && !thread_depth(self) &&
	       self->met.next == TABLE_FIRST && !twin->taken && !twin->shared_count &&
	       twin->counted == 1 && !twin->signalled && !self->late;
}

bool meetings_only_begin(uint32_t lock)
{
	const struct meeting *meeting = find(lock);

	return meeting && is_first_thread(meeting->creator) && !meeting->relied && meeting->taken &&
	       meeting->begun + meeting->own == meeting->uses && !meeting->given &&
	       !meeting->holding && !meeting->tried;
}

/* By who is none of a round. That a unit was taken makes no difference to rounds that have left
 * nothing; nor do units that were not there yet. */
static void count_other(struct meeting *meeting, const struct trace_tally *tally)
{
	struct trace_lock *lock = trace_at(tally->lock);

	meeting->others++;
	if (tally->kind == TRACE_EVENT_taken)
		return;
	meeting->helped = true;
	if (tally->kind != TRACE_EVENT_posted)
		lock->flags &= ~TRACE_LOCK_INSIDE;
}

void meetings_count(const struct thread *self, const struct trace_tally *tally)
{
	const struct trace_thread *record = trace_at(self->ref);
	struct meeting *meeting = find(tally->lock);

	if (!meeting)
		return;
	meeting->taken |= tally->kind == TRACE_EVENT_taken;
	meeting->uses++;
	meeting->begun += tally->kind == TRACE_EVENT_posted && has_just_begun(self);
	if (is_outsider(self->ref, meeting))
		count_other(meeting, tally);
	/* Most rounds are the first thread's. */
	if (!meeting->creator && record->state & TRACE_THREAD_MAIN)
		meeting->creator = self->ref;
	if (meeting->creator != self->ref)
		return;
	meeting->own++;
	meeting->given |= tally->kind != TRACE_EVENT_taken;
	meeting->balance += balance_of(tally->kind, 1);
}

struct trace_event *meetings_event(bool *again)
{
	*again = free_event_count > 0;
	if (*again)
		return trace_at(free_events[--free_event_count]);
	return trace_alloc(&recorder_cursor, TRACE_TYPE_event, sizeof(struct trace_event));
}

struct trace_tally *meetings_tally(void)
{
	if (free_tally_count)
		return trace_at(free_tallies[--free_tally_count]);
	return trace_alloc(&recorder_cursor, TRACE_TYPE_tally, sizeof(struct trace_tally));
}

struct trace_across *meetings_across(void)
{
	return free_across_count ? trace_at(free_across[--free_across_count]) : NULL;
}

static bool may_meet(uint16_t kind)
{
	return kind == TRACE_EVENT_posted || kind == TRACE_EVENT_taken ||
	       kind == TRACE_EVENT_arrived || kind == TRACE_EVENT_left ||
	       kind == TRACE_EVENT_signalled || kind == TRACE_EVENT_unawaited ||
	       kind == TRACE_EVENT_woken || kind == TRACE_EVENT_woken_again ||
	       kind == TRACE_EVENT_came_to;
}

/* What keeps a lock meanwhile is looked at together with all who may end the wait. */
static void note_wait(const struct trace_event *event, uint16_t kind)
{
	const bool waits = kind == TRACE_EVENT_taken || kind == TRACE_EVENT_left ||
			   kind == TRACE_EVENT_woken || kind == TRACE_EVENT_woken_again;
	struct meeting *meeting = waits ? find(event->lock) : NULL;

	/* By what these do nothing is ordered, and it is as well known who ends their waits. */
	if (!meeting || is_outsider(event->thread, meeting))
		return;
	meeting->holding |= event->node != 0;
	meeting->tried |= kind == TRACE_EVENT_taken && event->act != TRACE_OP_sem_wait &&
			  event->act != TRACE_OP_g_async_queue_pop;
}

void meetings_wrote_event(struct thread *self, struct trace_event *event, uint16_t kind)
{
	const bool again = event->kind == TRACE_EVENT_unused;
	struct twin *twin = &self->twin;

	__atomic_store_n(&event->kind, kind, __ATOMIC_RELEASE);
	if (!again)
		trace_commit(&recorder_cursor, event);
	note_wait(event, kind);
	if (rounds_event(self, event)) {
		twins_exclude(self);
		return;
	}
	twins_mark(self);
	if (!may_meet(kind) || twin->event_count == TWIN_EVENTS) {
		twins_exclude(self);
		return;
	}
	twin->events[twin->event_count++] = trace_ref(event);
	twin->steps++;
	twin->meets = true;
}

void meetings_wrote_tally(struct thread *self, struct trace_tally *tally, uint16_t kind)
{
	const bool again = tally->kind == TRACE_EVENT_unused;
	struct twin *twin = &self->twin;

	__atomic_store_n(&tally->kind, kind, __ATOMIC_RELEASE);
	if (!again)
		trace_commit(&recorder_cursor, tally);
	twins_mark(self);
	if (twin->tally_count < TWIN_TALLIES)
		twin->tallies[twin->tally_count++] = trace_ref(tally);
	else
		twins_exclude(self);
	if (!may_meet(kind))
		twins_exclude(self);
	twin->meets = true;
}

void meetings_wrote_across(struct thread *self, const struct trace_across *across)
{
	struct twin *twin = &self->twin;

	twins_mark(self);
	if (twin->across_count == TWIN_ACROSS)
		twins_exclude(self);
	else
		twin->across[twin->across_count++] = trace_ref(across);
}

static uint64_t print_event(const struct twin *twin, const struct trace_event *event)
{
	uint64_t print = kin_mix((uint64_t)event->lock << 32 | event->kind, event->index);

	print = kin_mix(print, (uint64_t)event->epoch << 32 | event->act);
	return kin_mix(kin_mix(print, event->stack), kin_print(twin, event->node));
}

static uint64_t print_tally(const struct trace_tally *tally)
{
	uint64_t print = kin_mix((uint64_t)tally->lock << 32 | tally->kind, tally->flags);

	return kin_mix(print, (uint64_t)tally->amount << 32 | tally->count);
}

static uint64_t print_across(const struct twin *twin, const struct trace_across *across)
{
	const uint64_t print = kin_mix(kin_print(twin, across->node), across->step);

	return kin_mix(print, (uint64_t)across->first_epoch << 32 | across->last_epoch);
}

void meetings_describe(struct ended *ended, const struct twin *twin)
{
	uint64_t print = 1;

	ended->event_count = twin->event_count;
	ended->tally_count = twin->tally_count;
	for (uint32_t i = 0; i < twin->event_count; i++) {
		ended->events[i] = twin->events[i];
		print = kin_mix(print, print_event(twin, trace_at(twin->events[i])));
	}
	for (uint32_t i = 0; i < twin->tally_count; i++) {
		ended->tallies[i] = twin->tallies[i];
		print = kin_mix(print, print_tally(trace_at(twin->tallies[i])));
	}
	ended->across_count = twin->across_count;
	for (uint32_t i = 0; i < twin->across_count; i++) {
		ended->across[i] = twin->across[i];
		print = kin_mix(print, print_across(twin, trace_at(twin->across[i])));
	}
	if (print == 1)
		return;
	ended->kin = kin_mix(ended->kin, print);
	ended->outside = kin_mix(ended->outside, print);
}

static void leave_across(uint32_t ref)
{
	struct trace_across *across = trace_at(ref);

	across->first_epoch = across->last_epoch = UINT32_MAX;
	if (free_across_count < MOST_FREE)
		free_across[free_across_count++] = ref;
}

static void leave_event(uint32_t ref)
{
	struct trace_event *event = trace_at(ref);

	__atomic_store_n(&event->kind, TRACE_EVENT_unused, __ATOMIC_RELEASE);
	if (free_event_count < MOST_FREE)
		free_events[free_event_count++] = ref;
}

void meetings_leave_own(struct thread *creator, const struct meetings *round)
{
	for (uint32_t i = round->own_count; i-- > 0;) {
		const struct trace_event event = *(struct trace_event *)trace_at(round->own[i]);

		leave_event(round->own[i]);
		sync_uncount(creator, &event);
	}
}

void meetings_leave(const struct ended *ended)
{
	for (uint32_t i = 0; i < ended->event_count; i++)
		leave_event(ended->events[i]);
	for (uint32_t i = 0; i < ended->tally_count; i++) {
		struct trace_tally *tally = trace_at(ended->tallies[i]);

		__atomic_store_n(&tally->kind, TRACE_EVENT_unused, __ATOMIC_RELEASE);
		if (free_tally_count < MOST_FREE)
			free_tallies[free_tally_count++] = ended->tallies[i];
	}
	for (uint32_t i = 0; i < ended->across_count; i++)
		leave_across(ended->across[i]);
}

void meetings_end(uint32_t thread, const struct twin *twin)
{
	struct leaver *leaver = twin->tally_count ? arena_alloc(sizeof(*leaver)) : NULL;

	if (!leaver || !address_map_put(&leavers, thread, (uintptr_t)leaver)) {
		arena_free(leaver, sizeof(*leaver));
		return;
	}
	leaver->count = twin->tally_count;
	for (uint32_t i = 0; i < leaver->count; i++)
		leaver->tallies[i] = twin->tallies[i];
}

static void join(uint32_t creator, uint32_t thread, const uint32_t *tallies, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct trace_tally *tally = trace_at(tallies[i]);
		struct meeting *meeting = find(tally->lock);

		if (!meeting || (meeting->creator && meeting->creator != creator) ||
		    is_outsider(thread, meeting))
			continue;
		meeting->creator = creator;
		meeting->joined += tally->count;
		meeting->balance += balance_of(tally->kind, tally->count);
	}
}

void meetings_joined(uint32_t creator, uint32_t thread, const struct ended *ended)
{
	struct leaver *leaver = (struct leaver *)(uintptr_t)address_map_get(&leavers, thread);

	if (leaver)
		address_map_remove(&leavers, thread);
	if (((const struct trace_thread *)trace_at(thread))->creator == creator) {
		if (ended)
			join(creator, thread, ended->tallies, ended->tally_count);
		else if (leaver)
			join(creator, thread, leaver->tallies, leaver->count);
	}
	arena_free(leaver, sizeof(*leaver));
}

/* Since a round of it was over the last time. */
static bool others_came(struct meeting *meeting)
{
	const bool came = meeting->others != meeting->seen;

	meeting->seen = meeting->others;
	return came;
}

/* Nothing was left there, or what was may be what others take. */
static bool is_even(const struct meeting *meeting)
{
	return !meeting->balance || meeting->outside;
}

/* Whether what a round left there makes no difference. */
static bool leaves_nothing(const struct meeting *meeting, const struct part *part)
{
	return !meeting->taken || (is_even(meeting) && part->posted == part->taken);
}

static bool is_theirs(uint32_t creator, const struct part *part)
{
	const struct trace_lock *lock = trace_at(part->lock);
	struct meeting *meeting = find(part->lock);

	return meeting && meeting->creator == creator && !others_came(meeting) &&
	       meeting->joined + meeting->own + meeting->others == meeting->uses &&
	       leaves_nothing(meeting, part) && !meeting->holding && !meeting->tried &&
	       !(lock->flags & TRACE_LOCK_UNCOUNTED);
}

bool meetings_settle(uint32_t creator, const struct meetings *round)
{
	struct parts parts;
	bool good = meetings_parts(round, &parts);

	for (uint32_t i = 0; i < parts.count; i++)
		good &= is_theirs(creator, &parts.items[i]);
	return good;
}

bool meetings_is_relied_on(uint32_t lock)
{
	const struct meeting *meeting = find(lock);

	return meeting && meeting->relied;
}

bool meetings_are_relied_on(const struct meetings *round)
{
	struct parts parts;

	if (!meetings_parts(round, &parts))
		return false;
	for (uint32_t i = 0; i < parts.count; i++) {
		if (!meetings_is_relied_on(parts.items[i].lock))
			return false;
	}
	return true;
}

void meetings_rely_on(const struct meetings *round, uint32_t epoch)
{
	struct parts parts;

	meetings_parts(round, &parts);
	for (uint32_t i = 0; i < parts.count; i++) {
		struct trace_lock *lock = trace_at(parts.items[i].lock);
		struct meeting *meeting = find(parts.items[i].lock);

		meeting->relied = epoch + 1;
		meeting->helped |= round->own_count > 0;
		lock->flags = (lock->flags & ~TRACE_LOCK_INSIDE) | TRACE_LOCK_FEWER |
			      (meeting->helped ? 0 : TRACE_LOCK_INSIDE);
	}
}

void meetings_reset(void)
{
	address_map_free(&all);
	address_map_free(&leavers);
	free_event_count = free_tally_count = free_across_count = 0;
}
