/*
 * As sync_sem_takers, but one of the units is posted before a, b are taken: the thread that takes
 * it need not wait for the rest. In this run each comes after all three, the one that
 * is told of last.
 */
/* EXPECT lock-order potential first second */
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
	CHECK(sem_post(&s) == 0);
	take_ab();
	CHECK(sem_post(&s) == 0);
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *turn)
{
	stage_await(*(int *)turn);
	CHECK(sem_wait(&s) == 0);
	take_ba();
	stage_reach(*(int *)turn + 1);
	return turn;
}

int main(void)
{
	pthread_t takers[3];
	int turns[] = {1, 2, 3};

	CHECK(sem_init(&s, 0, 0) == 0);
	for (int i = 0; i < 3; i++)
		takers[i] = start(two, &turns[i]);
	finish(start(one, NULL));
	for (int i = 0; i < 3; i++)
		finish(takers[i]);
	return 0;
}
