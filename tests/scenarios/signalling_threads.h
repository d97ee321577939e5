/*
 * Threads that signal a condition, one after the other: enough of them, so that it orders nothing
 * any more.
 */
#ifndef SIGNALLING_THREADS_H
#define SIGNALLING_THREADS_H

#include "scenario.h"

#define ENOUGH 600

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int running;

static inline void tell(void)
{
	pthread_mutex_lock(&m);
	running--;
	pthread_cond_signal(&ended);
	pthread_mutex_unlock(&m);
}

static inline pthread_t start_counted(void *(*routine)(void *), void *argument)
{
	pthread_mutex_lock(&m);
	running++;
	pthread_mutex_unlock(&m);
	return start(routine, argument);
}

static inline void run_detached(void *(*routine)(void *), void *argument)
{
	CHECK(pthread_detach(start_counted(routine, argument)) == 0);
}

/* Waits until no more than so many run. */
static inline void await_running(int most)
{
	pthread_mutex_lock(&m);
	while (running > most)
		pthread_cond_wait(&ended, &m);
	pthread_mutex_unlock(&m);
}

static inline void *only_tell(void *argument)
{
	tell();
	return argument;
}

static inline void run_enough(void)
{
	for (int i = 0; i < ENOUGH; i++) {
		run_detached(only_tell, NULL);
		await_running(0);
	}
}

#endif
