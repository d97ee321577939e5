/*
 * Two locks are held across the call, three times over: each keeps others waiting. One finding for
 * each lock, however often.
 */
/* EXPECT blocking-under-lock misuse call outer */
/* EXPECT blocking-under-lock misuse call inner */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	const struct timespec time = {0, 110000000};

	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&a);	   /* @outer */
		pthread_rwlock_rdlock(&b); /* @inner */
		nanosleep(&time, NULL);	   /* @call */
		pthread_rwlock_unlock(&b);
		pthread_mutex_unlock(&a);
	}
	finish(start(other, NULL));
	return 0;
}
