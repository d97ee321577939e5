/*
 * The initialiser of a once joins worker, which takes m; other calls the once with m held. worker
 * waits for other's m, other for the initialiser to complete (POSIX pthread_once), the initialiser
 * for worker.
 */
/* EXPECT join-order feasible once join take hold call */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_t thread;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	return argument;
}

static void initialise(void)
{
	pthread_join(thread, NULL); /* @join */
}

static void *one(void *argument)
{
	pthread_once(&once, initialise); /* @once */
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);		 /* @hold */
	pthread_once(&once, initialise); /* @call */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	thread = start(worker, NULL);
	run_two(one, other);
	return 0;
}
