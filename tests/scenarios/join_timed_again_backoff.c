/*
 * The near miss of join_timed_again_holding.c: m is given back before the next join.
 */
/* EXPECT join-order discharged timed first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

/* Ends when the other side has asked five times. */
static void *work(void *argument)
{
	pthread_mutex_lock(&m); /* @second */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	const struct timespec past = {0};
	pthread_t worker = start(work, NULL);
	int asked = 0;

	stage_await(1);
	pthread_mutex_lock(&m);
	while (pthread_timedjoin_np(worker, NULL, &past) == ETIMEDOUT) { /* @first */
		pthread_mutex_unlock(&m);
		if (++asked == 5)
			stage_reach(2);
		usleep(100);
		pthread_mutex_lock(&m);
	}
	pthread_mutex_unlock(&m);
	return 0;
}
