/*
 * A near miss of come_late.c: mutex and condition are destroyed, and made again, after another
 * thread has set ready, and ready is left as it is: so thread two has no need to wait for thread
 * one.
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

static void *one(void *argument)
{
	take_ab();
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

static void *earlier(void *argument)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t threads[2];

	finish(start(earlier, NULL));
	CHECK(pthread_mutex_destroy(&m) == 0 && pthread_cond_destroy(&changed) == 0);
	CHECK(pthread_mutex_init(&m, NULL) == 0 && pthread_cond_init(&changed, NULL) == 0);
	threads[0] = start(one, NULL);
	threads[1] = start(two, NULL);
	finish(threads[0]);
	finish(threads[1]);
	return 0;
}
