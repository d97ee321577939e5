/*
 * The near miss of come_timed_carry.c: of the ways to the wait one leads past it. After an hour
 * thread two goes on unready, and takes b, a while thread one may be taking a, b. The recorded run
 * is shorter.
 */
/* EXPECT lock-order potential first second */
#include "timed_flag.h"

#define STEP 300000000
#define HOUR 3600

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
	struct timespec begun, until;

	clock_gettime(CLOCK_REALTIME, &begun);
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready) {
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += STEP;
		if (until.tv_sec - begun.tv_sec > HOUR)
			break;
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
