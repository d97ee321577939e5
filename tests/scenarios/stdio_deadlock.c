/*
 * A stream and a mutex: a logger has locked the stream and wants the mutex of the state that it
 * prints; a worker has the mutex and wants to print. flockfile waits until the stream is free
 * (POSIX).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed stream want state print */
#include "hang.h"

static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;

static void *logger(void *argument)
{
	flockfile(stdout); /* @stream */
	meet(2);
	pthread_mutex_lock(&state); /* @want */
	pthread_mutex_unlock(&state);
	funlockfile(stdout);
	return argument;
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&state); /* @state */
	meet(2);
	flockfile(stdout); /* @print */
	funlockfile(stdout);
	pthread_mutex_unlock(&state);
	return argument;
}

int main(void)
{
	run_two(logger, worker);
	return 0;
}
