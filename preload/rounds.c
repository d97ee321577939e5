/* Owns the rounds in which threads are made and joined. */
#include "rounds.h"

#include "alone.h"
#include "arena.h"
#include "brood.h"
#include "kin.h"

enum { MOST_MEMBERS = 16, KINDS = 4 };

/* Of one sequence of kin, made in the same order. */
struct kind {
	uint64_t print; /* 0: none */
	uint32_t count; /* of those that have kept their records */
	uint32_t used;	/* when it was met last */
	uint32_t first; /* of the newest of these: epoch in which its first was made */
	uint32_t members[MOST_MEMBERS];
};

struct round {
	uint32_t count, joined;	   /* count: over MOST_MEMBERS: too many */
	uint32_t first, came_with; /* of the first that was made; first: epoch of that */
	uint32_t inside;	   /* of the last */
	uint32_t bare;		   /* recorder.h, twin: before it was made */
	uint32_t parts;		   /* most of one */
	struct {
		uint32_t thread;
		uint64_t kin;
	} members[MOST_MEMBERS];
};

struct rounds {
	struct round now;
	uint32_t clock;
	struct kind kinds[KINDS];
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

void rounds_made(const struct thread *creator, uint32_t thread, uint32_t came_with)
{
	struct rounds *rounds = rounds_begin(creator->ref);
	struct round *now;

	if (!rounds)
		return;
	now = &rounds->now;
	/* Those that are still there came before the next one; or none is. */
	if (now->joined || !now->count || came_with <= now->first)
		*now = (struct round){
			.first = creator->epoch,
			.came_with = came_with,
			.bare = creator->twin.bare,
		};
	leave(now, thread);
	if (now->count < MOST_MEMBERS)
		now->members[now->count].thread = thread;
	if (now->count <= MOST_MEMBERS)
		now->count++;
}

void rounds_joins(uint32_t creator, const struct ended *ended)
{
	struct rounds *rounds = rounds_of(creator);
	struct round *now = rounds ? &rounds->now : NULL;

	if (!now)
		return;
	/* Another one begins with the next that is made. */
	if (now->count > MOST_MEMBERS) {
		now->joined = 1;
		return;
	}
	for (uint32_t i = 0; i < now->count; i++) {
		if (now->members[i].thread != ended->thread)
			continue;
		now->joined++;
		now->members[i].kin = ended->between ? 0 : ended->kin;
		now->inside = ended->inside;
		if (ended->parts > now->parts)
			now->parts = ended->parts;
	}
}

/* 0: it is none that another may count on. */
static uint64_t print_of(const struct round *round)
{
	uint64_t print = round->count;

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
	for (uint32_t i = 0; i < round->count; i++) {
		const struct ended *ended =
			ended_standing(round->members[i].kin, round->members[i].thread);

		if (!ended || ended->alike)
			return false;
	}
	return true;
}

static struct kind *kind_of(struct rounds *rounds, uint64_t print)
{
	struct kind *oldest = rounds->kinds;

	for (uint32_t i = 0; i < KINDS; i++) {
		struct kind *kind = &rounds->kinds[i];

		if (kind->print == print)
			return kind;
		if (kind->used < oldest->used)
			oldest = kind;
	}
	*oldest = (struct kind){.print = print};
	return oldest;
}

/* Whether those that stand are all there yet. */
static bool is_whole(const struct kind *kind, const struct round *round)
{
	for (uint32_t i = 0; i < round->count; i++) {
		if (!ended_standing(round->members[i].kin, kind->members[i]))
			return false;
	}
	return true;
}

static bool fits(const struct thread *self, const struct kind *kind, const struct round *round)
{
	const struct brood *brood = brood_of(self->ref);

	return kind->count > round->parts && is_whole(kind, round) &&
	       round->came_with <= kind->first && self->twin.ordered <= kind->first + 1 &&
	       brood->ordered <= kind->first + 1 && round->inside <= round->first + 1 &&
	       !alone_is_open(self, kind->first, self->epoch);
}

/* True: nothing is left of it. */
static bool count_on(const struct kind *kind, const struct round *round)
{
	bool whole = true;

	for (uint32_t i = 0; i < round->count; i++) {
		const uint64_t kin = round->members[i].kin;
		struct ended *into = ended_standing(kin, kind->members[i]),
			     *ended = ended_standing(kin, round->members[i].thread);

		ended_stand_no_more(ended);
		ended->in_turn = true;
		if (ended_fold(into, ended, ended->handle))
			continue;
		/* Where it stays, it does no harm that others do not. */
		ended_stand(ended);
		whole = false;
	}
	return whole;
}

static void stand(struct kind *kind, const struct round *round)
{
	kind->count++;
	kind->first = round->first;
	for (uint32_t i = 0; i < round->count; i++)
		kind->members[i] = round->members[i].thread;
}

/* All of it were joined. The same. */
static bool settle(const struct thread *self, struct rounds *rounds)
{
	const struct round *round = &rounds->now;
	const uint64_t print = print_of(round);
	struct kind *kind;

	if (!print || !all_stand(round))
		return false;
	kind = kind_of(rounds, print);
	kind->used = ++rounds->clock;
	if (fits(self, kind, round))
		return count_on(kind, round);
	stand(kind, round);
	return false;
}

bool rounds_joined(struct thread *self)
{
	struct rounds *rounds = rounds_of(self->ref);
	bool nothing_left;

	if (!rounds || rounds->now.count < 2 || rounds->now.joined != rounds->now.count)
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
	address_map_remove(&all, creator);
	arena_free(rounds, sizeof(*rounds));
}

void rounds_reset(void)
{
	address_map_free(&all);
}
