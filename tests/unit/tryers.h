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

extern const struct tryer {
	const char *name;
	void (*function)(struct desk *desk);
	bool waits;	 /* whether the code can be seen to */
	const char *try; /* NULL: pthread_mutex_trylock */
} tryers[];
extern const size_t tryer_count;

#endif
