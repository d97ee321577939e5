/*
 * A near miss of join_announced_late.c: main has two locks when it asks, as the worker has when it
 * says that it is done, and a wait for that gives back only the inner one. Had the worker been held
 * up, main would wait with the outer lock, for which the worker would wait.
 *
 * Potential: that main never comes to the join then does not make it a way out.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	pthread_mutex_lock(&inner);
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	stage_await(1);
	pthread_mutex_lock(&lock);
	pthread_mutex_lock(&inner);
	while (!done)
		pthread_cond_wait(&changed, &inner);
	pthread_mutex_unlock(&inner);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
