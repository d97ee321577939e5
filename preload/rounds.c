/* Owns the rounds in which threads are made and joined. */
#include "rounds.h"

#include "alone.h"
#include "arena.h"
#include "brood.h"
#include "kin.h"
#include "meetings.h"
#include "mid_round.h"
#include "twins.h"

enum { MOST_MEMBERS = 16, MOST_KINDS = 64 };

/* Of one sequence of kin, made in the same order. */
struct kind {
	struct kind *next; /* was used before */
	uint64_t print;
	uint32_t count;	    /* of those that have kept their records */
	uint32_t first;	    /* of the newest of these: epoch in which its first was made */
	uint32_t size;	    /* members */
	bool meets, parted; /* as below */
	uint64_t taken;	    /* as below */
	struct {
		uint32_t thread;
		uint64_t kin;
	} members[MOST_MEMBERS];
};

struct round {
	uint32_t count, joined;	   /* count: over MOST_MEMBERS: too many */
	uint32_t first, came_with; /* of the first that was made; first: epoch of that */
	uint32_t inside;	   /* of the last */
	uint32_t bare;		   /* recorder.h, twin: before it was made */
	uint32_t parts;		   /* most of one */
	bool meets;		   /* one of them waited for others */
	bool events;		   /* and that orders them (meetings.h) */
	uint64_t taken;		   /* sum of what its creator took meanwhile, and when */
	uint64_t taken_then;	   /* that part of it up to the first join */
	bool parted;		   /* something of it between two creations, or two joins */
	struct mid_round own;
	struct {
		uint32_t thread;
		uint64_t kin;
	} members[MOST_MEMBERS];
};

struct rounds {
	struct round now;
	struct kind *kinds; /* the one that was met last comes first */
	uint32_t kind_count;
};

/* Thread records of creators -> struct rounds. */
static struct address_map all;

static struct rounds *rounds_of(uint32_t creator)
{
	return (struct rounds *)(uintptr_t)address_map_get(&all, creator);
}

static struct rounds *rounds_begin(uint32_t creator)
{
	struct rounds *rounds = rounds_of(creator);

	if (rounds || !(rounds = arena_alloc(sizeof(*rounds))))
		return rounds;
	if (address_map_put(&all, creator, (uintptr_t)rounds))
		return rounds;
	arena_free(rounds, sizeof(*rounds));
	return NULL;
}

/* Its record was that of one which could not be created, or which was detached and has ended. */
static void leave(struct round *round, uint32_t thread)
{
	uint32_t i = 0;

	if (round->count > MOST_MEMBERS)
		return;
	while (i < round->count && round->members[i].thread != thread)
		i++;
	if (i == round->count)
		return;
	round->count--;
	for (; i < round->count; i++)
		round->members[i] = round->members[i + 1];
}

/* What the creator took between two creations. */
static void note_between(struct round *now, uint64_t taken)
{
	now->taken = kin_mix(now->taken, taken);
	now->parted |= taken != 0;
}

/* The same up to a join. */
static void note_until(struct round *now, uint64_t taken)
{
	now->taken = kin_mix(now->taken, taken);
	now->parted |= now->joined > 1 && now->taken_then != taken;
	now->taken_then = taken;
}

void rounds_made(const struct thread *creator, uint32_t thread, uint32_t came_with)
{
	struct rounds *rounds = rounds_begin(creator->ref);
	struct round *now;

	if (!rounds)
		return;
	now = &rounds->now;
	if (now->joined && now->events)
		brood_note(creator->ref, creator->epoch);
	/* Those that are still there came before the next one; or none is. */
	if (now->joined || !now->count || came_with <= now->first)
		*now = (struct round){
			.first = creator->epoch,
			.came_with = came_with,
			.bare = creator->twin.bare,
			.own.counted = creator->twin.counted,
		};
	else
		note_between(now, creator->twin.taken_before);
	leave(now, thread);
	if (now->count < MOST_MEMBERS)
		now->members[now->count].thread = thread;
	if (now->count <= MOST_MEMBERS)
		now->count++;
}

/* NULL: it has made none. */
static struct round *now_of(uint32_t creator)
{
	struct rounds *rounds = rounds_of(creator);

	return rounds ? &rounds->now : NULL;
}

bool rounds_event(struct thread *self, const struct trace_event *event)
{
	struct round *now = now_of(self->ref);

	if (!now || now->joined >= now->count || now->count > MOST_MEMBERS)
		return false;
	mid_round_note(&now->own, self, event);
	now->events = true;
	return true;
}

bool rounds_joins(const struct thread *self, const struct ended *ended)
{
	struct round *now = now_of(self->ref);

	if (!now)
		return false;
	/* Another one begins with the next that is made. */
	if (now->count > MOST_MEMBERS) {
		now->joined = 1;
		return false;
	}
	for (uint32_t i = 0; i < now->count; i++) {
		if (now->members[i].thread != ended->thread)
			continue;
		now->joined++;
		now->members[i].kin = ended->between ? 0 : ended->kin;
		now->inside = ended->inside;
		now->meets |= ended->meets;
		now->events |= meetings_any(ended);
		note_until(now, twins_taken(self, ended->thread));
		if (ended->parts > now->parts)
			now->parts = ended->parts;
		return true;
	}
	return false;
}

/* Sum of what its creator took inside anything meanwhile, or with that. */
static uint64_t taken_of(const struct round *round)
{
	return round->inside <= round->first + 1 ? 0 : round->taken;
}

/* 0: it is none that another may count on. */
static uint64_t print_of(const struct round *round)
{
	uint64_t print = kin_mix(round->count, taken_of(round));

	for (uint32_t i = 0; i < round->count; i++) {
		if (!round->members[i].kin)
			return 0;
		print = kin_mix(print, round->members[i].kin);
	}
	return print;
}

/* All of them have kept their records, and stand for themselves alone. */
static bool all_stand(const struct round *round)
{
	const struct ended *ended;

	for (uint32_t i = 0; i < round->count; i++) {
		ended = ended_standing(round->members[i].kin, round->members[i].thread);
		if (!ended || ended->alike)
			return false;
	}
	return true;
}

/* Where the kind of that print is, or the end. */
static struct kind **place_of(struct rounds *rounds, uint64_t print)
{
	struct kind **at = &rounds->kinds;

	while (*at && (*at)->print != print)
		at = &(*at)->next;
	return at;
}

static void drop(struct rounds *rounds, struct kind **at)
{
	struct kind *kind = *at;

	*at = kind->next;
	arena_free(kind, sizeof(*kind));
	rounds->kind_count--;
}

static void put_first(struct rounds *rounds, struct kind **at)
{
	struct kind *kind = *at;

	*at = kind->next;
	kind->next = rounds->kinds;
	rounds->kinds = kind;
}

/* For each of a round the one of a kind that it is to count on. */
struct match {
	struct ended *into[MOST_MEMBERS];
};

static bool is_taken(const struct match *match, uint32_t count, const struct ended *into)
{
	for (uint32_t i = 0; i < count; i++) {
		if (match->into[i] == into)
			return true;
	}
	return false;
}

/* The one in its place; or, where their creator did nothing from the first creation to the last, or
 * from the first join to the last, any. NULL: there is none, or it did less. */
static struct ended *find_into(const struct kind *kind, const struct round *round, uint32_t i,
			       const struct match *match)
{
	const struct ended *ended = ended_standing(round->members[i].kin, round->members[i].thread);

	for (uint32_t n = 0; n < (round->parted ? 1 : round->count); n++) {
		const uint32_t j = (i + n) % round->count;
		struct ended *into = ended_standing(kind->members[j].kin, kind->members[j].thread);

		if (into && !is_taken(match, i, into) && ended_covers(into, ended))
			return into;
	}
	return NULL;
}

/* Whether those that stand are all there yet, and each did what one did now. */
static bool covers(const struct kind *kind, const struct round *round, struct match *match)
{
	if (kind->size != round->count || kind->taken != taken_of(round) ||
	    kind->parted != round->parted)
		return false;
	for (uint32_t i = 0; i < round->count; i++) {
		match->into[i] = find_into(kind, round, i, match);
		if (!match->into[i])
			return false;
	}
	return true;
}

static bool fits(const struct thread *self, const struct kind *kind, const struct round *round,
		 struct match *match)
{
	const struct brood *brood = brood_of(self->ref);

	return kind->count > round->parts && round->came_with <= kind->first &&
	       self->twin.ordered <= kind->first + 1 && brood->ordered <= kind->first + 1 &&
	       covers(kind, round, match) && !alone_is_open(self, kind->first, self->epoch);
}

/* One on whose threads those of the round may count; NULL: there is none. */
static struct kind *find_fitting(struct thread *self, struct rounds *rounds, uint64_t print,
				 struct match *match)
{
	const struct round *round = &rounds->now;

	for (struct kind **at = &rounds->kinds; *at; at = &(*at)->next) {
		const bool same = (*at)->print == print;

		if ((same || round->meets || (*at)->meets) && fits(self, *at, round, match)) {
			put_first(rounds, at);
			return rounds->kinds;
		}
	}
	return NULL;
}

/* True: nothing is left of it. */
static bool count_on(const struct match *match, const struct round *round)
{
	bool whole = true;

	for (uint32_t i = 0; i < round->count; i++) {
		const uint64_t kin = round->members[i].kin;
		struct ended *ended = ended_standing(kin, round->members[i].thread);

		ended_stand_no_more(ended);
		ended->in_turn = true;
		if (ended_fold(match->into[i], ended, ended->handle))
			continue;
		/* Where it stays, it does no harm that others do not. */
		ended_stand(ended);
		whole = false;
	}
	return whole;
}

/* Whether it did all that those of the kind did, who need not be looked at any more. */
static bool surpasses(const struct round *round, const struct kind *kind)
{
	if (!kind->meets || kind->size != round->count || kind->taken != taken_of(round))
		return false;
	for (uint32_t i = 0; i < round->count; i++) {
		const struct ended *ended =
			ended_standing(kind->members[i].kin, kind->members[i].thread);

		if (ended &&
		    !ended_covers(ended_standing(round->members[i].kin, round->members[i].thread),
				  ended))
			return false;
	}
	return true;
}

static void drop_lesser(struct rounds *rounds, uint64_t print)
{
	struct kind **at = &rounds->kinds, **last = at;

	while (*at) {
		if ((*at)->print != print && surpasses(&rounds->now, *at)) {
			drop(rounds, at);
			continue;
		}
		last = at;
		at = &(*at)->next;
	}
	if (rounds->kind_count >= MOST_KINDS)
		drop(rounds, last);
}

/* NULL: no memory. */
static struct kind *kind_of(struct rounds *rounds, uint64_t print)
{
	struct kind **at = place_of(rounds, print), *kind;

	if (*at) {
		put_first(rounds, at);
		return rounds->kinds;
	}
	kind = arena_alloc(sizeof(*kind));
	if (!kind)
		return NULL;
	rounds->kind_count++;
	kind->print = print;
	kind->next = rounds->kinds;
	rounds->kinds = kind;
	return kind;
}

static void stand(struct rounds *rounds, uint64_t print)
{
	const struct round *round = &rounds->now;
	struct kind *kind;

	drop_lesser(rounds, print);
	kind = kind_of(rounds, print);
	if (!kind)
		return;
	kind->count++;
	kind->first = round->first;
	kind->size = round->count;
	kind->meets = round->meets;
	kind->parted = round->parted;
	kind->taken = taken_of(round);
	for (uint32_t i = 0; i < round->count; i++) {
		kind->members[i].thread = round->members[i].thread;
		kind->members[i].kin = round->members[i].kin;
	}
}

/* Whether nobody else has what orders them. */
static bool settle_meetings(const struct thread *self, const struct round *round,
			    struct meetings *meetings, struct ended **members)
{
	*meetings = (struct meetings){round->events ? round->count : 0, members, round->own.count,
				      round->own.events};
	if (!mid_round_is_whole(&round->own, self))
		return false;
	for (uint32_t i = 0; i < meetings->count; i++)
		members[i] = ended_standing(round->members[i].kin, round->members[i].thread);
	return meetings_settle(self->ref, meetings);
}

/* All of it were joined. The same. */
static bool settle(struct thread *self, struct rounds *rounds)
{
	const struct round *round = &rounds->now;
	const uint64_t print = print_of(round);
	struct ended *members[MOST_MEMBERS];
	struct match match = {0};
	struct meetings meetings;

	if (!print || !all_stand(round) || !settle_meetings(self, round, &meetings, members)) {
		if (round->events)
			brood_note(self->ref, self->epoch);
		return false;
	}
	mid_round_forget(&round->own, self);
	if (mid_round_is_due(&round->own) && find_fitting(self, rounds, print, &match)) {
		meetings_rely_on(&meetings, self->epoch);
		if (!count_on(&match, round))
			return false;
		meetings_leave_own(self, &meetings);
		return true;
	}
	if (round->events && !meetings_are_relied_on(&meetings))
		brood_note(self->ref, round->first);
	stand(rounds, print);
	return false;
}

bool rounds_joined(struct thread *self)
{
	struct rounds *rounds = rounds_of(self->ref);
	bool nothing_left;

	if (!rounds || rounds->now.count < (rounds->now.meets ? 1 : 2) ||
	    rounds->now.joined != rounds->now.count)
		return false;
	nothing_left = settle(self, rounds);
	if (nothing_left)
		self->twin.bare = rounds->now.bare;
	rounds->now.count = rounds->now.joined = 0;
	return nothing_left;
}

void rounds_end(uint32_t creator)
{
	struct rounds *rounds = rounds_of(creator);

	if (!rounds)
		return;
	while (rounds->kinds)
		drop(rounds, &rounds->kinds);
	address_map_remove(&all, creator);
	arena_free(rounds, sizeof(*rounds));
}

void rounds_reset(void)
{
	address_map_free(&all);
}
