/*
 * Two threads that hand over to each other, and each waits for the other's post before it posts its
 * own: both semaphores start at 0.
 */
/* HANGS */
/* EXPECT hang observed one two */
/* ACQUISITIONS >=0 */
#include "hang.h"

#include <semaphore.h>

static sem_t ping, pong;

static void *one(void *argument)
{
	CHECK(sem_wait(&ping) == 0); /* @one */
	CHECK(sem_post(&pong) == 0);
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&pong) == 0); /* @two */
	CHECK(sem_post(&ping) == 0);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&ping, 0, 0) == 0 && sem_init(&pong, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
