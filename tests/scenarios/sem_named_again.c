/*
 * The near miss of sem_named_abba.c: between the two sides the semaphores are closed and others are
 * made. What one thread does with the old ones and another with the new ones has nothing in common,
 * though they may be mapped at the same addresses.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

#include <fcntl.h>

static sem_t *a, *b;

static void take(sem_t *first, sem_t *second)
{
	CHECK(sem_wait(first) == 0);
	CHECK(sem_wait(second) == 0);
	sem_post(second);
	sem_post(first);
}

static sem_t *make(const char *what)
{
	char name[64];
	sem_t *made;

	snprintf(name, sizeof(name), "/gordian-%s-%d", what, getpid());
	made = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
	CHECK(made != SEM_FAILED);
	CHECK(sem_unlink(name) == 0);
	return made;
}

static void *one(void *argument)
{
	take(a, b);
	sem_close(a);
	sem_close(b);
	a = make("c");
	b = make("d");
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take(b, a);
	return argument;
}

int main(void)
{
	a = make("a");
	b = make("b");
	run_two(one, two);
	return 0;
}
