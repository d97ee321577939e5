/*
 * A flag of the file's, its mutex and its condition. Thread one says that it is ready after it took
 * a, b; thread two awaits that, too late to have to wait, and takes b, a.
 *
 * A scenario says how both are taken, take_ab and take_ba, how it is said, say_ready, and maybe how
 * it is awaited, AWAITS_READY and await_ready. Another thread may come in between, which reaches
 * stage 2, and then STAGES is 2.
 */
#ifndef LATE_FLAG_H
#define LATE_FLAG_H

#include "pair.h"

#ifndef STAGES
#define STAGES 1
#endif

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void take_ab(void);
static void take_ba(void);
static void say_ready(void);

#ifdef AWAITS_READY
static void await_ready(void);
#else
static inline void await_ready(void)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}
#endif

static inline void *one(void *argument)
{
	take_ab();
	say_ready();
	stage_reach(1);
	return argument;
}

static inline void *two(void *argument)
{
	stage_await(STAGES);
	await_ready();
	take_ba();
	return argument;
}

static inline void run_three(void *(*other)(void *))
{
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
}

#endif
