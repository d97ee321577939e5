/*
 * A near miss of join_announced_awaited.c: main only looks whether there is news, and does not wait
 * for it, though the function that it calls for this can do so. The worker, held up, comes for the
 * lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;
static int looks;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void look(bool waits)
{
	looks++;
	if (!waits)
		return;
	while (!done)
		pthread_cond_wait(&changed, &lock);
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	look(false);
	stage_await(1);
	pthread_mutex_lock(&lock);
	look(false);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
