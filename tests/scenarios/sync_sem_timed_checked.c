/*
 * Thread two takes b, a only when it got the unit that thread one posts after a, b: the wait has a
 * time limit, but what comes after it does not come without the post. That the result was looked at
 * is not recorded.
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
	take_ab();
	CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	if (sem_timedwait(&s, &until) == 0)
		take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
