/* Owns what each thread has made. */
#include "brood.h"

#include "address_map.h"
#include "arena.h"

enum { SPARE_TURNS = 64, MOST_DETACHED = 64 };

struct open {
	struct open *older, *newer;
	struct brood *brood;
	uint32_t thread, epoch;
};

/* Thread records -> struct brood, struct open. */
static struct address_map broods, opens;

struct brood *brood_of(uint32_t creator)
{
	return (struct brood *)(uintptr_t)address_map_get(&broods, creator);
}

struct brood *brood_begin(uint32_t creator)
{
	struct brood *brood = brood_of(creator);

	if (brood || !(brood = arena_alloc(sizeof(*brood))))
		return brood;
	brood->creator = creator;
	if (address_map_put(&broods, creator, (uintptr_t)brood))
		return brood;
	arena_free(brood, sizeof(*brood));
	return NULL;
}

static void take_out(struct open *open)
{
	struct brood *brood = open->brood;

	if (open->newer)
		open->newer->older = open->older;
	else
		brood->newest = open->older;
	if (open->older)
		open->older->newer = open->newer;
	brood->open--;
	address_map_remove(&opens, open->thread);
	arena_free(open, sizeof(*open));
}

void brood_end(uint32_t creator)
{
	struct brood *brood = brood_of(creator);

	if (!brood)
		return;
	while (brood->first) {
		struct ended *ended = ended_take(brood->first->thread);

		brood_pop(brood);
		ended_free(ended);
	}
	while (brood->newest)
		take_out(brood->newest);
	address_map_remove(&broods, creator);
	arena_free(brood, sizeof(*brood));
}

void brood_add(struct brood *brood, uint32_t thread, uint32_t epoch)
{
	struct open *open = arena_alloc(sizeof(*open));

	brood->made = epoch;
	if (!open || !address_map_put(&opens, thread, (uintptr_t)open)) {
		arena_free(open, sizeof(*open));
		brood_note(brood->creator, epoch);
		return;
	}
	*open = (struct open){brood->newest, NULL, brood, thread, epoch};
	if (brood->newest)
		brood->newest->newer = open;
	brood->newest = open;
	if (++brood->open > brood->at_once)
		brood->at_once = brood->open;
}

uint32_t brood_newest(uint32_t creator)
{
	const struct brood *brood = brood_of(creator);

	return brood && brood->newest ? brood->newest->epoch + 1 : 0;
}

static bool is_detached(uint32_t thread)
{
	const struct trace_thread *record = trace_at(thread);

	return record->state & TRACE_THREAD_DETACHED;
}

uint32_t brood_newest_joinable(uint32_t creator)
{
	const struct brood *brood = brood_of(creator);
	const struct open *open = brood ? brood->newest : NULL;

	for (uint32_t i = 0; open && i < MOST_DETACHED && is_detached(open->thread); i++)
		open = open->older;
	return open ? open->epoch + 1 : 0;
}

void brood_close(uint32_t thread, bool odd)
{
	struct open *open = (struct open *)(uintptr_t)address_map_get(&opens, thread);

	if (!open)
		return;
	if (odd)
		brood_note(open->brood->creator, open->epoch);
	take_out(open);
}

static void raise_to(uint32_t *mark, uint32_t epoch)
{
	if (*mark <= epoch)
		*mark = epoch + 1;
}

static void note_odd(struct brood *brood, uint32_t epoch)
{
	raise_to(&brood->odd, epoch);
	for (struct ended *ended = brood->first; ended; ended = ended->behind) {
		if (epoch < ended_record(ended)->join_epoch)
			raise_to(&ended->marked, epoch);
	}
}

static void note_ordered(struct brood *brood, uint32_t epoch)
{
	raise_to(&brood->ordered, epoch);
	for (struct ended *ended = brood->first; ended; ended = ended->behind) {
		if (epoch < ended_record(ended)->join_epoch)
			raise_to(&ended->ordered, epoch);
	}
}

void brood_note(uint32_t creator, uint32_t epoch)
{
	struct brood *brood = brood_of(creator);

	if (!brood)
		return;
	note_odd(brood, epoch);
	note_ordered(brood, epoch);
}

void brood_note_elsewhere(uint32_t creator, uint32_t epoch)
{
	struct brood *brood = brood_of(creator);

	if (brood)
		note_odd(brood, epoch);
}

void brood_note_detached(uint32_t creator, uint32_t epoch)
{
	struct brood *brood = brood_of(creator);

	if (brood)
		note_ordered(brood, epoch);
}

bool brood_is_open(const struct brood *brood, uint32_t from, uint32_t to)
{
	const struct open *open = brood->newest;

	while (open && open->epoch >= to)
		open = open->older;
	return open && open->epoch >= from;
}

void brood_push(struct brood *brood, struct ended *ended)
{
	ended->behind = NULL;
	if (brood->first)
		brood->last->behind = ended;
	else
		brood->first = ended;
	brood->last = ended;
	brood->queued++;
}

void brood_pop(struct brood *brood)
{
	brood->first = brood->first->behind;
	brood->queued--;
}

void brood_leave(const struct ended *ended)
{
	struct brood *brood = brood_of(ended_record(ended)->creator);
	struct ended *before = brood ? brood->first : NULL;

	if (before == ended) {
		brood_pop(brood);
		return;
	}
	while (before && before->behind != ended)
		before = before->behind;
	if (!before)
		return;
	before->behind = ended->behind;
	if (brood->last == ended)
		brood->last = before;
	brood->queued--;
}

bool brood_is_full(const struct brood *brood)
{
	return brood->queued > brood->at_once + SPARE_TURNS;
}

void brood_reset(void)
{
	address_map_free(&broods);
	address_map_free(&opens);
}
