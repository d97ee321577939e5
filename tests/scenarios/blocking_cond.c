/*
 * A condition wait gives its own mutex back, but not the lock that is held around it: who wants
 * that one waits until somebody signals, or, as here, until half a second is over.
 */
/* EXPECT blocking-under-lock misuse call outer */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	const struct timespec until = soon(CLOCK_REALTIME, 500);

	pthread_mutex_lock(&a); /* @outer */
	pthread_mutex_lock(&m);
	while (pthread_cond_timedwait(&cond, &m, &until) != ETIMEDOUT) /* @call */
		;
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&a);
	finish(start(other, NULL));
	return 0;
}
