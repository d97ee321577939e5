/*
 * Main takes the lock in one step, and joins in another, both by the same function: in that one it
 * also waits for the worker's news before it joins, whichever way it came there.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

enum step { TAKE, JOIN, STEPS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t worker;
static bool done, at_once;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_advance();
	return unused;
}

static __attribute__((noinline)) void make_step(enum step step)
{
	if (step == TAKE) {
		pthread_mutex_lock(&lock);
		if (!at_once)
			return;
	}
	while (!done)
		pthread_cond_wait(&changed, &lock);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(int count, char **arguments)
{
	(void)arguments;
	at_once = count > 1;
	worker = start(work, NULL);
	stage_await(1);
	for (int step = TAKE; step < STEPS; step++)
		make_step((enum step)step);
	return 0;
}
