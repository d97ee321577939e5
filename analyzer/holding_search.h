/* The search for a schedule in which a wait is never over, of several threads who take what is
 * kept.
 */
#ifndef GORDIAN_HOLDING_SEARCH_H
#define GORDIAN_HOLDING_SEARCH_H

#include "holding_private.h"

/* Places where one of them may be held back, locks that are kept, and threads that keep them. */
enum { MOST_PLACES = 16, MOST_KEEPS = 32, MOST_STOPS = 1 + HOLDING_FURTHER };

/* One who takes a lock, and where it may have to wait for it, from the earliest on. */
struct taker {
	uint32_t thread;
	bool takes; /* units of the semaphore that is waited for */
	struct holding_need needs[MOST_PLACES];
	size_t count, at; /* it is held back at needs[at], or not */
};

struct search {
	struct holding *holding;
	const struct holding_wait *wait;
	struct holding_keep keeps[MOST_KEEPS];
	size_t keep_count;
	const struct holding_keep *first;   /* what is wanted from the waiter; NULL: any of them */
	struct held_stop stops[MOST_STOPS]; /* where others are to be; the first is the wait */
	size_t stop_count;
	struct taker takers[HOLDING_MOST];
	size_t count;
	size_t trials, most_trials;
	bool shared; /* another thread takes units of the semaphore, too */
};

/* Adds where the taker takes the lock of the keep by that node. */
void search_add_needs(struct search *search, const struct holding_keep *keep, struct taker *taker,
		      uint32_t node);
/* All who take what is kept, but those who have stops, and threads that are left out (NULL). */
void search_list_takers(struct search *search, const bool *left_out);
/* Marks those who take units of the semaphore. */
void search_mark_takes(struct search *search, const struct units *units);
bool search_from_earliest(struct search *search);
/* Only those without whom the wait is over. False: it hangs whoever has the lock. */
bool search_put_needs(struct search *search, struct holding_found *found);

#endif
