/*
 * As sem_waiters_order, but the last one, a lock, is also taken once by a thread that then takes
 * the mutex inside it, as the maker of the many did. Each thread can have its first.
 * What the many takes were is not understood, so no schedule of it can be shown.
 */
/* EXPECT lock-order potential first first-hold second second-hold */
#include "waiters.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static sem_t *last;

static void *one(void *argument)
{
	CHECK(sem_wait(last) == 0); /* @first-hold */
	pthread_mutex_lock(&mutex); /* @first */
	pthread_mutex_unlock(&mutex);
	sem_post(last);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&mutex); /* @second-hold */
	CHECK(sem_wait(last) == 0); /* @second */
	sem_post(last);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	wait_often(2000, &mutex);
	last = make_semaphore();
	run_two(one, two);
	drop_semaphore(last);
	return 0;
}
