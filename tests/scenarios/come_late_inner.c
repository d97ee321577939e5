/*
 * As come_late.c, but thread one signals with another mutex held as well, that of a log, which it
 * has taken last. It is the first one that thread two looks for ready under.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_flag.h"

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

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
	pthread_mutex_lock(&log_lock);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&log_lock);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	run_two(one, two);
	return 0;
}
