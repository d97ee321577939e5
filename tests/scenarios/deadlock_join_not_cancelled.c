/*
 * As deadlock_join_cancelled, but whoever could cancel the join waits for it, too: the main thread
 * has cancelled another one before, and now joins the two. Nobody is left who could end it.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed join want */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t worker_thread;

static void *sleeper(void *argument)
{
	for (;;)
		pause();
	return argument;
}

static void *worker(void *argument)
{
	meet(2);
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
	pthread_join(worker_thread, NULL); /* @join */
	pthread_cleanup_pop(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(sleeper, NULL);

	CHECK(pthread_cancel(thread) == 0);
	finish(thread);
	worker_thread = start(worker, NULL);
	finish(start(joiner, NULL));
	finish(worker_thread);
	return 0;
}
