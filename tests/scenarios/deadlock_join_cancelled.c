/*
 * The near miss of deadlock_join.c: a third thread cancels the join. pthread_join is a cancellation
 * point (POSIX), and the clean-up handler of who joined gives the lock back, so the worker goes on.
 * They did wait for each other, but it was not for ever. (Without the third they would have: the
 * order of lock and join is reported.)
 */
/* EXPECT join-order feasible join want */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t worker_thread;
static int tids[2];

static void *worker(void *argument)
{
	meet(2);
	tell_tid(&tids[0]);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	return argument;
}

static void give_back(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

static void *joiner(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_cleanup_push(give_back, &m);
	meet(2);
	tell_tid(&tids[1]);
	pthread_join(worker_thread, NULL); /* @join */
	pthread_cleanup_pop(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	worker_thread = start(worker, NULL);
	thread = start(joiner, NULL);
	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	nap(300);
	CHECK(pthread_cancel(thread) == 0);
	finish(thread);
	finish(worker_thread);
	return 0;
}
