/*
 * A near miss of join_announced_late.c: the function that takes the lock and waits for the worker's
 * news is left by a jump when main is in a hurry, back to before all that; and main joins the
 * worker with the lock. Held up, this comes for the lock then, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"
#include <setjmp.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static jmp_buf before;
static bool done, hurried;

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
	if (hurried)
		longjmp(before, 1);
	while (!done)
		pthread_cond_wait(&changed, &lock);
}

int main(int count, char **arguments)
{
	(void)arguments;
	hurried = count == 1;
	pthread_t worker = start(work, NULL);

	stage_await(1);
	if (!setjmp(before)) {
		pthread_mutex_lock(&lock);
		wait_for_done();
	}
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	pthread_mutex_unlock(&lock);
	return 0;
}
