/*
 * Twenty thousand threads in turn, each of which takes its turn with a semaphore that is a lock,
 * and tells by a condition that it is done before it is joined: the trace does not grow.
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
	for (int i = 0; i < 20000; i++)
		finish(start_counted(request, NULL));
	return 0;
}
