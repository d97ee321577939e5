/*
 * The same name opened twice is the same semaphore (POSIX sem_open: the same address), and closing
 * it once leaves it open: the inversion stands.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

#include <fcntl.h>

static sem_t *a;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(a) == 0);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	sem_post(a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_close(a) == 0);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(a) == 0); /* @second */
	sem_post(a);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/gordian-twice-%d", getpid());
	a = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
	CHECK(a != SEM_FAILED);
	CHECK(sem_open(name, 0) == a);
	CHECK(sem_unlink(name) == 0);
	run_two(one, two);
	return 0;
}
