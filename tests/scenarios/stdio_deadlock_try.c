/*
 * The near miss of stdio_deadlock.c: the worker only tries the stream (ftrylockfile does not wait,
 * POSIX) and does without.
 */
/* EXPECT clean */
#include "hang.h"

static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;

static void *logger(void *argument)
{
	flockfile(stdout);
	meet(2);
	pthread_mutex_lock(&state);
	pthread_mutex_unlock(&state);
	funlockfile(stdout);
	return argument;
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&state);
	meet(2);
	CHECK(ftrylockfile(stdout) != 0);
	pthread_mutex_unlock(&state);
	return argument;
}

int main(void)
{
	run_two(logger, worker);
	return 0;
}
