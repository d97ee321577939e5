/*
 * The near miss of order_timedjoin.c: nobody looks at what pthread_timedjoin_np says. In this run
 * it says that the thread, which took b, a, has ended; of a thread that takes longer it would say
 * ETIMEDOUT, and the parent take a, b all the same, at the same time as the thread b, a.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

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

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread = start(run_ba, NULL);
	struct timespec until = far_future(CLOCK_REALTIME);

	(void)pthread_timedjoin_np(thread, NULL, &until);
	take_ab();
	return 0;
}
