/*
 * The near miss of sync_cond_in_vain.c: thread one signals twice, as it gets on, and nobody else
 * takes the mutex. So the first signal is not enough for thread two in any schedule.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool half_ready, ready;

static void tell(bool *what)
{
	pthread_mutex_lock(&m);
	*what = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	stage_await(1);
	tell(&half_ready);
	stage_await(2);
	take_both(&a, &b); /* @first */
	tell(&ready);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready) {
		pthread_cond_wait(&changed, &m);
		stage_reach(2);
	}
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
