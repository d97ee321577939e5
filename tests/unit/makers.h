/*
 * Functions that make an object with a lock, and a flag: what they leave in it before others know
 * it.
 */
#ifndef GORDIAN_MAKERS_H
#define GORDIAN_MAKERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct work {
	long number;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int state;
	int others[7];
};

struct maker {
	void (*function)(void);
	bool followed; /* the state is known when others get to know it */
	uint64_t state;
};

/* MAKERS of them. */
extern const struct maker makers[];
enum { MAKERS = 22 };

#endif
