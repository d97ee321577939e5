/*
 * As deadlock_broken, but the thread that holds m waits for the end of the other one for a bounded
 * time only: it gives m back by itself, and no deadlock ever was.
 */
/* EXPECT join-order discharged timed join lock */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t worker;
static pid_t worker_tid;

static void *work(void *argument)
{
	worker_tid = gettid();
	stage_await(1);
	pthread_mutex_lock(&m); /* @lock */
	pthread_mutex_unlock(&m);
	return argument;
}

static void *wait_for_worker(void *argument)
{
	struct timespec until = soon(CLOCK_REALTIME, 20);

	pthread_mutex_lock(&m);
	stage_reach(1);
	await_blocked(worker_tid);
	CHECK(pthread_timedjoin_np(worker, NULL, &until) == ETIMEDOUT); /* @join */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t joiner;

	CHECK(!pthread_create(&worker, NULL, work, NULL));
	CHECK(!pthread_create(&joiner, NULL, wait_for_worker, NULL));
	CHECK(!pthread_join(joiner, NULL));
	CHECK(!pthread_join(worker, NULL));
	return 0;
}
