/*
 * A near miss of join_announced_late_member.c: main asks for what another pool's worker says, since
 * a function that is handed one of two variables has put another pool in it. The worker that is
 * joined, held up, comes for the lock when main has it, and waits for its end.
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

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	first.done = true;
	pthread_cond_signal(&first.changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void choose(struct pool *volatile *pool)
{
	*pool = &second;
}

static __attribute__((noinline)) void join_worker(pthread_t worker, bool spared)
{
	struct pool *volatile pool = &first, *volatile spare = &first;

	choose(spared ? &spare : &pool);
	pthread_mutex_lock(&lock);
	while (!pool->done)
		pthread_cond_wait(&pool->changed, &lock);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(int count, char **arguments)
{
	pthread_t worker = start(work, NULL);

	(void)arguments;
	stage_await(1);
	join_worker(worker, count > 1);
	return 0;
}
