/*
 * As sync_sem_workers, but main takes done three times only: the fourth worker may not have got so
 * far. Stages keep it apart here, and let it be the last to post.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

enum { WORKERS = 4 };

static sem_t done;

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

static void *work(void *argument)
{
	take_ab();
	if (argument)
		stage_await(1);
	CHECK(sem_post(&done) == 0);
	if (argument)
		stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t workers[WORKERS];

	CHECK(sem_init(&done, 0, 0) == 0);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, i == WORKERS - 1 ? &done : NULL);
	for (int i = 1; i < WORKERS; i++)
		CHECK(sem_wait(&done) == 0);
	stage_reach(1);
	stage_await(2);
	take_ba();
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
