/*
 * Both threads are created detached: nobody joins them, and nothing orders them.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static int ended;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	__atomic_add_fetch(&ended, 1, __ATOMIC_ACQ_REL);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	__atomic_add_fetch(&ended, 1, __ATOMIC_ACQ_REL);
	return argument;
}

int main(void)
{
	pthread_attr_t detached;
	pthread_t thread;

	CHECK(pthread_attr_init(&detached) == 0);
	CHECK(pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED) == 0);
	CHECK(pthread_create(&thread, &detached, one, NULL) == 0);
	CHECK(pthread_create(&thread, &detached, two, NULL) == 0);
	while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < 2)
		usleep(1000);
	return 0;
}
