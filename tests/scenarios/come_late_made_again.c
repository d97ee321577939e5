/*
 * A near miss of come_late.c: mutex and condition are destroyed, and made again, after another
 * thread has set ready, and ready is left as it is: so thread two has no need to wait for thread
 * one.
 */
/* EXPECT lock-order potential first second */
#include "late_flag.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
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
	finish(start(earlier, NULL));
	CHECK(pthread_mutex_destroy(&m) == 0 && pthread_cond_destroy(&changed) == 0);
	CHECK(pthread_mutex_init(&m, NULL) == 0 && pthread_cond_init(&changed, NULL) == 0);
	run_two(one, two);
	return 0;
}
