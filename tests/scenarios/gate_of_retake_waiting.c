/*
 * A pool of threads as Tor's. The main thread has pool from before it creates the worker, and waits
 * until that has begun: it wants control back while it holds pool. The worker takes control for
 * good once it has had pool, and wants pool back from a condition wait. It has had pool only after
 * the main thread gave it back, and that was after its wait. What is left is that main takes pool
 * before there is a worker.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER, begun = PTHREAD_COND_INITIALIZER;
static bool over, has_begun;

static void *worker(void *argument)
{
	pthread_mutex_lock(&control);
	has_begun = true;
	pthread_cond_signal(&begun);
	pthread_mutex_unlock(&control);
	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control); /* @second */
	stage_reach(1);
	while (!over)
		pthread_cond_wait(&work, &pool);
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&control);
	pthread_mutex_lock(&pool); /* @first */
	thread = start(worker, NULL);
	while (!has_begun)
		pthread_cond_wait(&begun, &control);
	pthread_mutex_unlock(&pool);
	pthread_mutex_unlock(&control);
	stage_await(1); /* and the lock is given back by the wait */
	pthread_mutex_lock(&pool);
	over = true;
	pthread_cond_signal(&work);
	pthread_mutex_unlock(&pool);
	finish(thread);
	return 0;
}
