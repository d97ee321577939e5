/*
 * A semaphore as a lock, held across a sleep; the other thread and the main thread take it again
 * and again.
 */
/* EXPECT blocking-under-lock misuse call held */
#include "scenario.h"
#include <semaphore.h>

static sem_t lock;

static void *other(void *argument)
{
	for (int i = 0; i < 3; i++) {
		CHECK(sem_wait(&lock) == 0);
		CHECK(sem_post(&lock) == 0);
	}
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&lock, 0, 1) == 0);
	CHECK(sem_wait(&lock) == 0); /* @held */
	usleep(150000);		     /* @call */
	CHECK(sem_post(&lock) == 0);
	thread = start(other, NULL);
	finish(thread);
	return 0;
}
