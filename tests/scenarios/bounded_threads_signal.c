/*
 * A server with a thread for each request, twenty thousand of them that nobody joins: each takes
 * its turn with a semaphore that is a lock, and tells by a condition when it is done.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "signalling_threads.h"
#include <semaphore.h>

static sem_t turn;

static void *request(void *argument)
{
	sem_wait(&turn);
	sem_post(&turn);
	tell();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&turn, 0, 1) == 0);
	for (int i = 0; i < 20000; i++) {
		run_detached(request, NULL);
		await_running(0);
	}
	return 0;
}
