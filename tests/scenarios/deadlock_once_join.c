/*
 * An initialiser waits for a thread that itself needs what is being initialised: pthread_once
 * returns to the others when the routine has completed (POSIX), and the routine joins one of them.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed once join want */
#include "hang.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void);

static void *worker(void *argument)
{
	pthread_once(&once, load); /* @want */
	return argument;
}

static void load(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_join(thread, NULL); /* @join */
}

int main(void)
{
	pthread_once(&once, load); /* @once */
	return 0;
}
