/*
 * The last of a hundred threads takes a, b before it says that it has begun, and its creator b, a
 * when it knows that: unlike what the threads before it said, that orders what they do.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "begun_semaphore.h"

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_odd(void *argument)
{
	take_ab();
	sem_post(&begun);
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	make_alike(100);
	make(run_odd);
	take_ba();
	stage_await_in(&over, 101);
	return 0;
}
