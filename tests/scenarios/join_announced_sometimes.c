/*
 * A near miss of join_announced_late.c: main waits until the worker is done, but not when it is in
 * a hurry. Then a worker that is held up comes for the lock when main has it, and waits for its
 * end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
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

static __attribute__((noinline)) void wait_for_done(void)
{
	while (!done)
		pthread_cond_wait(&changed, &lock);
}

int main(int count, char **arguments)
{
	bool hurried = count == 1 || !*arguments[1];
	pthread_t worker = start(work, NULL);

	stage_await(1);
	pthread_mutex_lock(&lock);
	if (!hurried)
		wait_for_done();
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
