/*
 * Five thousand rounds of two threads, of which one waits for a unit that the other one posts, but
 * not for ever.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static sem_t there;

static void nest(void)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
}

static void *give(void *argument)
{
	nest();
	sem_post(&there);
	return argument;
}

static void *take(void *argument)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 30;
	CHECK(sem_timedwait(&there, &until) == 0);
	nest();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0);
	for (int round = 0; round < 5000; round++) {
		pthread_t taker = start(take, NULL), giver = start(give, NULL);

		finish(giver);
		finish(taker);
	}
	return 0;
}
