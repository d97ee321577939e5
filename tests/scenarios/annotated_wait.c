/*
 * One thread has to wait for a lock of the program's own, and says so; the report counts that. The
 * other lock is never waited for.
 */
/* EXPECT none */
/* CONTENDED waited_for.state 1 */
/* CONTENDED free_lock.state 0 */
/* ACQUISITIONS 3 */
#include "annotated.h"

static struct own_lock waited_for, free_lock;
static int waiting;

static void *wait_for_it(void *argument)
{
	own_lock(&free_lock);
	own_unlock(&free_lock);
	GORDIAN_ACQUIRE(&waited_for, GORDIAN_EXCLUSIVE);
	CHECK(!own_take(&waited_for, ~0u, 1));
	GORDIAN_WAIT(&waited_for, GORDIAN_EXCLUSIVE);
	__atomic_store_n(&waiting, 1, __ATOMIC_RELEASE);
	while (!own_take(&waited_for, ~0u, 1))
		sched_yield();
	GORDIAN_ACQUIRED(&waited_for, GORDIAN_EXCLUSIVE);
	own_unlock(&waited_for);
	return argument;
}

int main(void)
{
	pthread_t thread;

	own_lock(&waited_for);
	thread = start(wait_for_it, NULL);
	while (!__atomic_load_n(&waiting, __ATOMIC_ACQUIRE))
		usleep(1000);
	own_unlock(&waited_for);
	finish(thread);
	return 0;
}
