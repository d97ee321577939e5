/*
 * The near miss of sync_sem_timed.c: here the time was over, and thread two went on without the
 * post. So it can do that at any moment.
 */
/* EXPECT lock-order feasible first second */
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
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	const struct timespec past = {0};

	stage_await(1);
	CHECK(sem_timedwait(&s, &past) == -1 && errno == ETIMEDOUT);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
