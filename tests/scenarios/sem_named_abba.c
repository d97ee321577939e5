/*
 * Named semaphores that are made with the value 1 and posted by who took them are locks like
 * others.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

#include <fcntl.h>

static sem_t *a, *b;

static void *one(void *argument)
{
	CHECK(sem_wait(a) == 0);
	CHECK(sem_wait(b) == 0); /* @first */
	sem_post(b);
	sem_post(a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(b) == 0);
	CHECK(sem_wait(a) == 0); /* @second */
	sem_post(a);
	sem_post(b);
	return argument;
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

int main(void)
{
	a = make("a");
	b = make("b");
	run_two(one, two);
	CHECK(sem_close(a) == 0);
	CHECK(sem_close(b) == 0);
	return 0;
}
