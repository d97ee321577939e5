/*
 * A near miss of join_announced_late_member.c: main asks for what another pool's worker says, since
 * the variable has another pool in it by then: where the variable is, main has left in memory of
 * its thread, which is not followed. The worker that is joined, held up, comes for the lock when
 * main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

struct pool {
	pthread_cond_t changed;
	bool done;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct pool first = {PTHREAD_COND_INITIALIZER, false};
static struct pool second = {PTHREAD_COND_INITIALIZER, true};
static _Thread_local struct pool *volatile *shelf;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	first.done = true;
	pthread_cond_signal(&first.changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void choose(void)
{
	*shelf = &second;
}

static __attribute__((noinline)) void join_worker(pthread_t worker)
{
	struct pool *volatile pool = &first;

	shelf = &pool;
	choose();
	pthread_mutex_lock(&lock);
	while (!pool->done)
		pthread_cond_wait(&pool->changed, &lock);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	stage_await(1);
	join_worker(worker);
	return 0;
}
