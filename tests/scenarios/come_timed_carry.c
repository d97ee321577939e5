/*
 * As come_timed.c, but each time thread two works out how long it waits: a second is carried over
 * or not, which decides nothing, as it waits in both cases. However a wait ends, its code asks for
 * ready, which is false when the program begins; so in no schedule does it take b, a before thread
 * one has done with a, b.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "timed_flag.h"

#define STEP 300000000

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
	stage_await(1);
	take_ab();
	say_ready();
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready) {
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += STEP;
		if (until.tv_nsec >= 1000000000) {
			until.tv_sec++;
			until.tv_nsec -= 1000000000;
		}
		pthread_cond_timedwait(&changed, &m, &until);
	}
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
