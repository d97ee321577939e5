/*
 * A thread holds m and waits for the end of another one, which waits for m: each waits for the
 * other, and neither goes on by itself. The main thread cancels the first, which POSIX lets it do
 * in pthread_join: its clean-up gives m back, and the program ends as if nothing had been. So they
 * did not wait for ever; but without the main thread they would have: the order of lock and join
 * is reported.
 */
/* EXPECT join-order feasible join lock */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t worker;
static pid_t worker_tid, joiner_tid;

static void give_back(void *argument)
{
	(void)argument;
	pthread_mutex_unlock(&m);
}

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
	joiner_tid = gettid();
	pthread_mutex_lock(&m);
	pthread_cleanup_push(give_back, NULL);
	stage_reach(1);
	await_blocked(worker_tid);
	stage_reach(2);
	pthread_join(worker, NULL); /* @join */
	pthread_cleanup_pop(1);
	return argument;
}

int main(void)
{
	pthread_t joiner;

	CHECK(!pthread_create(&worker, NULL, work, NULL));
	CHECK(!pthread_create(&joiner, NULL, wait_for_worker, NULL));
	stage_await(2);
	await_blocked(joiner_tid);
	CHECK(!pthread_cancel(joiner));
	CHECK(!pthread_join(joiner, NULL));
	CHECK(!pthread_join(worker, NULL));
	return 0;
}
