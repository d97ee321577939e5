/* Owns the threads that have ended, and the counts of those that have no record. */
#include "ended.h"

#include "alone_records.h"
#include "arena.h"
#include "between.h"
#include "kin.h"
#include "meetings.h"
#include "spares.h"
#include "thread_misuse.h"
#include "twins.h"

#include <string.h>

enum { MOST_ENDED = 1 << 14, RECENT = 256, NEWEST = 64 };

/* Thread record -> who does not stand for others yet; kin -> the last of those that do, which is
 * before the first: the newest. */
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

void ended_free(struct ended *ended)
{
	between_leave(ended->thread);
	arena_free(ended->between, sizeof(*ended->between));
	arena_free(ended, size_of(ended->count));
	ended_count--;
}

static struct trace_node *same_deed(const struct ended *ended, uint64_t print)
{
	for (uint32_t i = 0; i < ended->count; i++) {
		if (ended->deeds[i].print == print)
			return trace_at(ended->deeds[i].node);
	}
	return NULL;
}

/* Whether it waited for what no event tells, and from when on. */
static void describe_waits(struct ended *ended, const struct thread *self)
{
	const struct trace_blind *blind = trace_at(self->twin.blind);

	ended->blind = self->twin.blind;
	ended->meets = self->twin.meets;
	if (!self->blind || !blind)
		return;
	ended->blind_since = blind->epoch + 1;
	ended->outside = kin_mix(ended->outside, ended->blind_since);
	ended->kin = kin_mix(ended->kin, ended->blind_since);
}

/* Under which nodes it signalled. */
static void describe_signals(struct ended *ended, const struct twin *twin)
{
	ended->unjoined = twin->unjoined;
	ended->signal_count = twin->signal_count;
	ended->signal_room = twin->signal_room;
	memcpy(ended->signals, twin->signals, sizeof(ended->signals));
	for (uint32_t i = 0; i < twin->signal_count; i++) {
		const struct trace_signal *signal = trace_at(twin->signals[i]);

		ended->kin = kin_mix(ended->kin, kin_print(twin, signal->node));
		ended->kin = kin_mix(ended->kin, signal->epoch);
		ended->outside = kin_mix(ended->outside, kin_print(twin, signal->node));
		ended->outside = kin_mix(ended->outside, signal->epoch);
	}
}

struct ended *ended_describe(struct thread *self)
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
	ended->came_with = twin->came_with;
	ended->cursor = *twins_cursor(self);
	ended->count = twin->count;
	ended->kin = ended->outside = kin_print_thread(record);
	for (uint32_t i = 0; i < twin->count; i++) {
		const struct trace_node *node = trace_at(twin->nodes[i]);
		uint64_t print = node->count ? kin_print(twin, twin->nodes[i]) : 0;

		if (print) {
			ended->kin = kin_mix(ended->kin, print);
			ended->parts += kin_parts(node);
		}
		if (print && twin->steps)
			ended->kin =
				kin_mix(kin_mix(ended->kin, node->first_epoch), node->last_epoch);
		ended->deeds[i] = (struct deed){print, twin->nodes[i]};
	}
	describe_signals(ended, twin);
	describe_waits(ended, self);
	meetings_describe(ended, twin);
	ended->kin |= 1; /* 0 is none */
	return ended;
}

struct ended *ended_last(uint64_t kin)
{
	return (struct ended *)(uintptr_t)address_map_get(&kins, kin);
}

void ended_stand(struct ended *ended)
{
	struct ended *last = ended_last(ended->kin);

	between_stay(ended->thread);
	if (!last && !address_map_put(&kins, ended->kin, (uintptr_t)ended)) {
		ended_free(ended);
		return;
	}
	ended->next = last ? last->next : ended;
	if (last)
		last->next = ended;
}

/* Until it is used again, what says that the one signalled says so of the other, which did, too. */
static void pass_signals(const struct ended *into, const struct ended *ended)
{
	for (uint32_t i = 0; i < ended->signal_count; i++) {
		const struct trace_signal *same = trace_at(into->signals[i]);
		struct trace_signal *signal = trace_at(ended->signals[i]);

		signal->node = same->node;
	}
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

bool ended_covers(const struct ended *into, const struct ended *ended)
{
	if (into->outside != ended->outside)
		return false;
	for (uint32_t i = 0; i < ended->count; i++) {
		const struct trace_node *node = trace_at(ended->deeds[i].node), *same;

		if (!ended->deeds[i].print)
			continue;
		same = same_deed(into, ended->deeds[i].print);
		if (!same || same->first_epoch > node->first_epoch ||
		    same->last_epoch < node->last_epoch)
			return false;
	}
	return true;
}

/* For the next that is created there. */
static void keep_spare(const struct ended *ended)
{
	struct spare spare = {
		.thread = ended->thread,
		.cursor = ended->cursor,
		.signal_count = ended->signal_room,
		.blind = ended->blind,
	};
	struct trace_blind *blind = trace_at(ended->blind);

	/* Who is next has not waited so, yet. */
	if (blind)
		blind->epoch = UINT32_MAX;
	memcpy(spare.signals, ended->signals, sizeof(spare.signals));
	/* With some room, and so not what it had no use for itself, if that is much. */
	for (uint32_t i = 0; i < ended->count; i++) {
		if (ended->count <= TWIN_NODES / 2 || ended->deeds[i].print)
			spare.nodes[spare.count++] = ended->deeds[i].node;
	}
	spares_keep(&spare);
}

bool ended_fold(struct ended *into, struct ended *ended, pthread_t handle)
{
	struct trace_node *joins = trace_at(ended->join), *joined = NULL;

	if (joins && joins->count)
		joined = kin_join(joins, into->thread);
	/* Nothing is to be where the other one was not. */
	if (ended->in_turn && joined && !joined->count)
		return false;
	if ((joins && joins->count && !joined) || !count_alike(into, ended_record(ended)->number))
		return false;
	if (joined && ended->in_turn)
		kin_count(joined, joins);
	else if (joined)
		kin_move(joined, joins);
	for (uint32_t i = 0; i < ended->count; i++) {
		struct trace_node *from = trace_at(ended->deeds[i].node), *to;

		if (!ended->deeds[i].print)
			continue;
		to = same_deed(into, ended->deeds[i].print);
		kin_count(to, from);
		if (from->op == TRACE_OP_once || from->op == TRACE_OP_call_once)
			alone_records_keep(ended->thread, from->lock, to->lock, 0);
	}
	if (ended->between)
		between_fold(current_thread, into, ended);
	pass_signals(into, ended);
	meetings_leave(ended);
	thread_gone_as(handle, ended->thread, into->thread);
	keep_spare(ended);
	ended_free(ended);
	return true;
}

bool ended_await(struct ended *ended)
{
	if (address_map_put(&waiting, ended->thread, (uintptr_t)ended))
		return true;
	ended_free(ended);
	return false;
}

struct ended *ended_awaited(uint32_t thread)
{
	return (struct ended *)(uintptr_t)address_map_get(&waiting, thread);
}

struct ended *ended_take(uint32_t thread)
{
	struct ended *ended = ended_awaited(thread);

	if (ended)
		address_map_remove(&waiting, thread);
	return ended;
}

void ended_make_first(struct ended *ended)
{
	struct ended *last = ended_last(ended->kin), *before = last;

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

struct ended *ended_standing(uint64_t kin, uint32_t thread)
{
	struct ended *last = ended_last(kin), *at = last;

	for (unsigned tried = 0; last && tried < NEWEST; tried++) {
		at = at->next;
		if (at->thread == thread)
			return at;
		if (at == last)
			break;
	}
	return NULL;
}

void ended_stand_no_more(struct ended *ended)
{
	struct ended *before = ended;

	while (before->next != ended)
		before = before->next;
	before->next = ended->next;
	if (before == ended)
		address_map_remove(&kins, ended->kin);
	else if (ended_last(ended->kin) == ended)
		address_map_put(&kins, ended->kin, (uintptr_t)before);
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

void ended_forget(uint32_t thread)
{
	struct ended *ended = find_standing(thread);

	if (!ended)
		return;
	ended_stand_no_more(ended);
	ended_free(ended);
}

void ended_reset(void)
{
	address_map_free(&waiting);
	address_map_free(&kins);
	ended_count = 0;
	memset(recent, 0, sizeof(recent));
}
