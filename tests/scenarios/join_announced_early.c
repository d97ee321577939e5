/*
 * The near miss of join_announced.c: the workers do not say under the lock that they have had it.
 * Main waits for a condition that has nothing to do with them, and then holds the lock and waits
 * for workers that may have yet to take it. (Here the condition is signalled when they have been
 * there, but a worker that is held up comes later.)
 */
/* EXPECT join-order feasible taken join */
#include "scenario.h"

enum { WORKERS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool told;
static int waiting;

static void *work(void *unused)
{
	stage_await(1);
	await_blocked(waiting);
	pthread_mutex_lock(&lock); /* @taken */
	pthread_mutex_unlock(&lock);
	stage_advance();
	return unused;
}

static void *tell(void *unused)
{
	stage_await(1 + WORKERS);
	pthread_mutex_lock(&lock);
	told = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	pthread_t workers[WORKERS], teller = start(tell, NULL);

	waiting = gettid();
	pthread_mutex_lock(&lock);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	stage_reach(1);
	while (!told)
		pthread_cond_wait(&changed, &lock);
	for (int i = 0; i < WORKERS; i++)
		CHECK(pthread_join(workers[i], NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	finish(teller);
	return 0;
}
