/*
 * A near miss of join_announced_late.c: main waits for the worker's news at least once, and until
 * they are there, but only if it is told to. What tells it is an argument, and no part of the news:
 * a worker that is held up comes for the lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t worker;
static bool done;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void join_worker(int hurried)
{
	pthread_mutex_lock(&lock);
	if (!hurried)
		do
			pthread_cond_wait(&changed, &lock);
		while (!done);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
}

int main(int count, char **arguments)
{
	(void)arguments;
	worker = start(work, NULL);
	stage_await(1);
	join_worker(count);
	return 0;
}
