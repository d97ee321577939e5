/*
 * Thread one takes a, b and then posts s, which began at 0 and which nobody else posts. Thread two
 * takes b, a after it has taken s: sem_wait cannot take a unit that was not posted, so one side is
 * always over before the other begins.
 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS sem_post at sync_sem_handoff.c: */
/* SAYS comes before sem_wait at sync_sem_handoff.c: */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	take_ab();
	CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
