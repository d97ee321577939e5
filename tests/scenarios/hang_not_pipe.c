/*
 * All wait for longer than hang_timeout; one of them reads from a pipe, into which another process
 * writes in the end. Who reads is not waiting for a thread.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool ready;
static int ends[2];

static void *waiter(void *argument)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *reader(void *argument)
{
	char byte;

	CHECK(read(ends[0], &byte, 1) == 1);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pid_t child;

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		nap(3500);
		CHECK(write(ends[1], "", 1) == 1);
		exit(0);
	}
	run_two(waiter, reader);
	return reap(child);
}
