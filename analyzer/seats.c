/* Owns what semaphores that only order have to give. */
#include "seats.h"

#include <stdlib.h>

#include "semaphores.h"
#include "xalloc.h"

/* A thread's units of a semaphore change by that much as its epoch begins. */
struct change {
	uint32_t semaphore, thread;
	uint64_t epoch;
	int units;
};

/* What one thread does with one semaphore. */
struct guest {
	uint32_t semaphore, thread;
	const struct change *changes; /* by epoch */
	size_t count;
	int64_t gives; /* the most that it ever has put in over what it took */
	int64_t keeps; /* what it has out when it has done all */
};

struct seats {
	struct change *changes; /* by semaphore, thread, epoch */
	size_t change_count;
	struct guest *guests; /* by semaphore, thread */
	size_t guest_count;
	int64_t *units; /* by semaphore: the first, and what all threads put in; -1: not known */
};

/* Of a named one more may be known to other processes. */
static bool may_tell(const struct semaphore *semaphore, const struct lock *lock)
{
	return semaphore->amount && semaphore->posts && semaphore->takes &&
	       lock->flags & TRACE_LOCK_ORDERING &&
	       !(lock->flags & (TRACE_LOCK_OPENED | TRACE_LOCK_FEWER));
}

static int compare_changes(const void *left, const void *right)
{
	const struct change *a = left, *b = right;

	if (a->semaphore != b->semaphore)
		return a->semaphore < b->semaphore ? -1 : 1;
	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	if (a->epoch != b->epoch)
		return a->epoch < b->epoch ? -1 : 1;
	return a->units - b->units;
}

/* A post is made at the end of its epoch, a take at the beginning. */
static void find_changes(struct seats *seats, const struct model *model,
			 const struct semaphore *semaphores)
{
	seats->changes = xcalloc(model->event_count, sizeof(*seats->changes));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		bool posted = event->kind == TRACE_EVENT_posted;

		if ((!posted && event->kind != TRACE_EVENT_taken) ||
		    !may_tell(&semaphores[event->lock], &model->locks[event->lock]))
			continue;
		seats->changes[seats->change_count++] = (struct change){
			.semaphore = event->lock,
			.thread = event->thread,
			.epoch = (uint64_t)event->epoch + posted,
			.units = posted ? -1 : !event->idle,
		};
	}
	if (seats->change_count)
		qsort(seats->changes, seats->change_count, sizeof(*seats->changes),
		      compare_changes);
}

static void find_guests(struct seats *seats)
{
	struct guest *guest = NULL;

	seats->guests = xcalloc(seats->change_count, sizeof(*seats->guests));
	for (size_t i = 0; i < seats->change_count; i++) {
		const struct change *change = &seats->changes[i];

		if (!guest || guest->semaphore != change->semaphore ||
		    guest->thread != change->thread) {
			guest = &seats->guests[seats->guest_count++];
			*guest = (struct guest){
				.semaphore = change->semaphore,
				.thread = change->thread,
				.changes = change,
			};
		}
		guest->count++;
		guest->keeps += change->units;
		if (-guest->keeps > guest->gives)
			guest->gives = -guest->keeps;
	}
}

static const struct guest *find_guest(const struct seats *seats, uint32_t semaphore,
				      uint32_t thread)
{
	const struct change wanted = {.semaphore = semaphore, .thread = thread};

	for (size_t low = 0, high = seats->guest_count; low < high;) {
		size_t middle = low + (high - low) / 2;
		const struct guest *guest = &seats->guests[middle];
		const struct change key = {.semaphore = guest->semaphore, .thread = guest->thread};
		int way = compare_changes(&key, &wanted);

		if (!way)
			return guest;
		if (way < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The first value of each semaphore of which all is told, plus one; else 0. */
static int64_t *find_amounts(const struct model *model, const struct semaphore *semaphores)
{
	int64_t *amounts = xcalloc(model->lock_count + 1, sizeof(*amounts));

	for (size_t i = 0; i < model->lock_count; i++)
		if (may_tell(&semaphores[i], &model->locks[i]))
			amounts[i] = semaphores[i].amount;
	return amounts;
}

/* More was taken than there can have been: something was done out of sight. */
static bool contradicts(const int64_t *kept, const int64_t *amounts, size_t semaphore)
{
	return amounts[semaphore] <= 0 || kept[semaphore] > amounts[semaphore] - 1;
}

/* False: there is no semaphore of which anything is known. */
static bool find_units(struct seats *seats, const struct model *model,
		       const struct semaphore *semaphores)
{
	int64_t *amounts = find_amounts(model, semaphores);
	int64_t *kept = xcalloc(model->lock_count + 1, sizeof(*kept));
	bool any = false;

	for (size_t i = 0; i < seats->guest_count; i++)
		kept[seats->guests[i].semaphore] += seats->guests[i].keeps;
	for (size_t i = 0; i < model->lock_count; i++) {
		amounts[i] = contradicts(kept, amounts, i) ? -1 : amounts[i] - 1;
		any |= amounts[i] >= 0;
	}
	for (size_t i = 0; i < seats->guest_count; i++)
		if (amounts[seats->guests[i].semaphore] >= 0)
			amounts[seats->guests[i].semaphore] += seats->guests[i].gives;
	free(kept);
	seats->units = amounts;
	return any;
}

struct seats *seats_new(const struct model *model)
{
	struct semaphore *semaphores;
	struct seats *seats;
	bool any;

	if (!model->event_count)
		return NULL;
	semaphores = semaphores_of(model);
	seats = xcalloc(1, sizeof(*seats));
	find_changes(seats, model, semaphores);
	find_guests(seats);
	any = seats->guest_count && find_units(seats, model, semaphores);
	free(semaphores);
	if (any)
		return seats;
	seats_free(seats);
	return NULL;
}

void seats_free(struct seats *seats)
{
	if (!seats)
		return;
	free(seats->changes);
	free(seats->guests);
	free(seats->units);
	free(seats);
}

/* The fewest units that the thread has out in an epoch of the span. */
static int64_t fewest_in(const struct guest *guest, const struct span *span)
{
	int64_t units = 0, fewest = INT64_MAX;

	for (size_t i = 0; i < guest->count; i++) {
		const struct change *change = &guest->changes[i];

		if (change->epoch > span->last)
			break;
		if (change->epoch > span->first && units < fewest)
			fewest = units;
		units += change->units;
	}
	return units < fewest ? units : fewest;
}

static int64_t fewest_at(const struct guest *guest, const struct model *model,
			 const struct node *node)
{
	int64_t fewest = INT64_MAX;

	for (uint32_t i = 0; i < node->span_count; i++) {
		int64_t units = fewest_in(guest, &model->spans[node->first_span + i]);

		fewest = units < fewest ? units : fewest;
	}
	return node->span_count ? fewest : -guest->gives;
}

uint32_t seats_lacking(const struct seats *seats, const struct model *model,
		       uint32_t (*node_at)(const void *context, size_t i), const void *context,
		       size_t count)
{
	for (size_t g = 0; g < seats->guest_count; g++) {
		const uint32_t semaphore = seats->guests[g].semaphore;
		int64_t left = seats->units[semaphore];

		if (left < 0 || (g && seats->guests[g - 1].semaphore == semaphore))
			continue;
		for (size_t i = 0; i < count; i++) {
			const struct node *node = &model->nodes[node_at(context, i)];
			const struct guest *guest = find_guest(seats, semaphore, node->thread);

			if (guest)
				left -= guest->gives + fewest_at(guest, model, node);
		}
		if (left < 0)
			return semaphore;
	}
	return NO_INDEX;
}
