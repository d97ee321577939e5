/*
 * Thread one says that it is ready under a mutex, waits there until a third one lets it go on,
 * which gives the mutex back, and signals then. Thread two takes b, a when thread one is ready.
 */
#ifndef SPLIT_SECTION_H
#define SPLIT_SECTION_H

#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_cond_t allowed = PTHREAD_COND_INITIALIZER;
static bool ready, may_go_on;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

/* With the mutex held. Stage 2. */
static inline void await_leave(void)
{
	stage_reach(2);
	while (!may_go_on)
		pthread_cond_wait(&allowed, &m);
}

/* Stage 1: the mutex is given back only if it is not ready yet. */
static inline void await_ready(void)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *allow(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	may_go_on = true;
	pthread_cond_signal(&allowed);
	pthread_mutex_unlock(&m);
	return argument;
}

static inline void run_all(void *(*one)(void *), void *(*two)(void *))
{
	pthread_t first = start(one, NULL), second = start(two, NULL), third = start(allow, NULL);

	finish(first);
	finish(second);
	finish(third);
}

#endif
