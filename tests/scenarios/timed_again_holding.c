/*
 * The time for b is over again and again, but a is held until b is there: so it is waited for
 * without a limit, whatever the limit of one call.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int refused;

/* Has b when the other side first asks for it, and until that was refused five times. */
static void *one(void *argument)
{
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	stage_await(3);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void note_refused(void)
{
	if (++refused == 5)
		stage_reach(2);
	usleep(100);
}

static void *two(void *argument)
{
	stage_await(1);
	const struct timespec past = {0};

	pthread_mutex_lock(&a);
	while (pthread_mutex_timedlock(&b, &past)) /* @first */
		note_refused();
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(3);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
