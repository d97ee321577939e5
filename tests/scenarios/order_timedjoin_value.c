/*
 * The near miss of order_timedjoin_ignored.c: nobody looks at what pthread_timedjoin_np says, but
 * at what the thread returned, which is there only when it has ended: after ETIMEDOUT the parent
 * takes nothing.
 */
/* EXPECT lock-order discharged thread-order first second */
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
	pthread_t thread = start(run_ba, &b);
	struct timespec until = far_future(CLOCK_REALTIME);
	void *value = NULL;

	(void)pthread_timedjoin_np(thread, &value, &until);
	if (value)
		take_ab();
	return 0;
}
