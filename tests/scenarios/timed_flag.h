/*
 * A flag of the file's, its mutex and its condition: thread one says under the mutex that it is
 * ready, and thread two waits for that, with a limit of time.
 */
#ifndef TIMED_FLAG_H
#define TIMED_FLAG_H

#include "scenario.h"
#include <time.h>

enum { LIMIT_SECONDS = 30 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static inline void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static inline void set_limit(struct timespec *until)
{
	clock_gettime(CLOCK_REALTIME, until);
	until->tv_sec += LIMIT_SECONDS;
}

#endif
