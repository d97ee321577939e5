/*
 * Functions that join a thread under a lock: some ask for the thread's news before, on each way,
 * and some do not. Their compiler's code is what test_code_asks reads.
 */
#ifndef GORDIAN_JOINERS_H
#define GORDIAN_JOINERS_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#define JOINERS 45u

/* They take `lock`, wait for `changed` with it, and join `thread`. */
struct pool {
	long unused;
	pthread_mutex_t lock;
	pthread_cond_t changed, other;
	long done, full;
	pthread_t thread;
	struct pool *next;
	volatile int states[5];
	const struct timespec *limit;
	unsigned finished : 1, wanted : 1;
	unsigned char flags; /* 1: finished, 2: wanted */
};

extern const struct joiner {
	void (*function)(struct pool *pool);
	bool asks;   /* whether the code can be seen to ask on each way */
	bool hidden; /* or not even so */
} joiners[JOINERS];

#endif
