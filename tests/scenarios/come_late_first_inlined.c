/*
 * As come_late_first.c, and the compiler has put the code of who says that it is ready into both
 * threads that do: they take the mutex at two places. The third one may still be the first.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

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

__attribute__((always_inline)) static inline void say_ready(void)
{
	pthread_mutex_lock(&m);
	if (!ready) {
		ready = true;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&m);
}

static void await_ready(void)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	take_ab();
	say_ready();
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	say_ready();
	stage_reach(2);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	await_ready();
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
