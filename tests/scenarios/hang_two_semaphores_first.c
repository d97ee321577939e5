/* The near miss of hang_two_semaphores.c: one of them posts before it waits. */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>

static sem_t ping, pong;

static void *one(void *argument)
{
	CHECK(sem_wait(&ping) == 0);
	CHECK(sem_post(&pong) == 0);
	return argument;
}

static void *two(void *argument)
{
	nap(100);
	CHECK(sem_post(&ping) == 0);
	CHECK(sem_wait(&pong) == 0);
	return argument;
}

int main(void)
{
	take_a_lock();
	CHECK(sem_init(&ping, 0, 0) == 0 && sem_init(&pong, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
