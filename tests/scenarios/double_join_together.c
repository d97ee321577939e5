/*
 * Two threads join a third one at the same time. POSIX: "The results of multiple simultaneous calls
 * to pthread_join() specifying the same target thread are undefined." glibc wakes one of them.
 */
/* EXPECT double-join misuse act cause */
/* ACQUISITIONS 0 */
/* SAYS joins worker, which first is joining as well */
#include "scenario.h"

static pthread_t worker_thread;
static int first_tid, second_tid;

static void *worker(void *argument)
{
	turn_await(1);
	return argument;
}

static void *first(void *argument)
{
	first_tid = gettid();
	stage_reach(1);
	pthread_join(worker_thread, NULL); /* @cause */
	return argument;
}

static void *second(void *argument)
{
	second_tid = gettid();
	stage_reach(2);
	pthread_join(worker_thread, NULL); /* @act */
	return argument;
}

int main(void)
{
	worker_thread = start(worker, NULL);
	start(first, NULL);
	stage_await(1);
	await_blocked(first_tid);
	start(second, NULL);
	stage_await(2);
	await_blocked(second_tid);
	_exit(0);
}
