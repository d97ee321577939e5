/*
 * A stream and a mutex: a logger that holds the stream while it takes the mutex, and a worker that
 * holds the mutex while it locks the stream.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;

static void *logger(void *argument)
{
	flockfile(stdout);
	pthread_mutex_lock(&state); /* @first */
	pthread_mutex_unlock(&state);
	funlockfile(stdout);
	stage_reach(1);
	return argument;
}

static void *worker(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&state);
	flockfile(stdout); /* @second */
	puts("working");
	funlockfile(stdout);
	pthread_mutex_unlock(&state);
	return argument;
}

int main(void)
{
	run_two(logger, worker);
	return 0;
}
