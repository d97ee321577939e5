/*
 * All that was recorded of one object that orders threads: events and tallies (trace_format.h), by
 * kind and thread.
 */
#ifndef GORDIAN_SYNC_OBJECT_H
#define GORDIAN_SYNC_OBJECT_H

#include "latches.h"
#include "model.h"
#include "semaphores.h"
#include "signal_sections.h"

struct takers;

/* Indices of events and tallies, each sorted by kind, thread and index. */
struct object {
	const struct model *model;
	const struct signal_sections *sections;
	const struct latches *latches;
	const struct lock *lock;
	const struct takers *takers; /* sync_again.h */
	const struct semaphore *semaphores;
	const uint32_t *events;
	size_t event_count;
	const uint32_t *tallies;
	size_t tally_count;
};

/* Events of one thread and kind. */
struct run {
	const uint32_t *events;
	size_t count;
	const struct tally *tally;
};

/* Those who release and those who acquire. */
struct sides {
	struct run *from, *to;
	size_t from_count, to_count;
};

const struct tally *object_tally(const struct object *object, size_t i);
struct run run_of(const struct object *object, const struct tally *tally);
/* More than were recorded. */
bool run_is_endless(const struct run *run);
/* By enum trace_event_kind. sides_free frees them. */
struct sides sides_of(const struct object *object, uint16_t released, uint16_t acquired);
void sides_free(const struct sides *sides);

#endif
