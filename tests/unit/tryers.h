/*
 * Functions that try to take a lock: some wait for it when they are refused, on each way, with all
 * that they hold, and some do not. Their compiler's code is what test_code_refused reads.
 */
#ifndef GORDIAN_TRYERS_H
#define GORDIAN_TRYERS_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

/* `lock` is tried. */
struct desk {
	pthread_mutex_t held, lock, other;
	pthread_rwlock_t table;
	pthread_spinlock_t spin;
	pthread_cond_t news;
	sem_t units;
	long refusals;
	volatile bool stopped;
	bool locked;
	pthread_mutex_t *far;
	struct desk *found, *all;
};

struct tryer {
	const char *name;
	void (*function)(struct desk *desk);
	bool waits;	   /* whether the code can be seen to */
	const char *tried; /* NULL: pthread_mutex_trylock */
};

/* By what decides, true cases beside near misses, each of the smallest difference. Behind the last
 * one is one without a name. */
extern const struct tryer flow_tryers[], call_tryers[], alias_tryers[];

/* The desk's `found`, from a function that is called. */
struct desk *find_desk(struct desk *desk);

#endif
