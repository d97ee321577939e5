/*
 * A near miss of join_announced_late.c: between taking the lock and joining the worker, main asks
 * for something else, of another condition with a lock of its own. The worker, held up, comes for
 * the lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, queue_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER, room = PTHREAD_COND_INITIALIZER;
static bool done, full;

static void *work(void *unused)
{
	pthread_mutex_lock(&lock); /* @taken */
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void wait_for_room(void)
{
	pthread_mutex_lock(&queue_lock);
	while (full)
		pthread_cond_wait(&room, &queue_lock);
	pthread_mutex_unlock(&queue_lock);
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	stage_await(1);
	pthread_mutex_lock(&lock);
	wait_for_room();
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
