/*
 * As deadlock_join_cancelled, but the thread that joins has disabled cancellation: the request
 * stays pending (POSIX, pthread_setcancelstate), and the main thread, which goes on, can do nothing
 * else for the two.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed join want */
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

static void *joiner(void *argument)
{
	CHECK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL) == 0);
	pthread_mutex_lock(&m);
	meet(2);
	tell_tid(&tids[1]);
	pthread_join(worker_thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	worker_thread = start(worker, NULL);
	thread = start(joiner, NULL);
	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	CHECK(pthread_cancel(thread) == 0);
	for (;;)
		nap(10);
}
