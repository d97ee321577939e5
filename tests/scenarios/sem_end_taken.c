/*
 * A thread ends with a semaphore taken, that starts at 1; another posts it, and takes it later.
 * What a semaphore counts belongs to nobody: no misuse.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static void *take(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	return argument;
}

static void *give(void *argument)
{
	CHECK(sem_post(&s) == 0);
	CHECK(sem_wait(&s) == 0);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 1);
	finish(start(take, NULL));
	finish(start(give, NULL));
	return 0;
}
