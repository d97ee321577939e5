/*
 * As sync_sem_rounds, with ten situations of nested locks, and very often: the trace does not grow
 * with the number of rounds. (Of so many rounds only the first ones have an order that is known,
 * so the verdict is left to chance here: these locks are taken in one order.)
 */
/* EXPECT none */
/* TRACE <=256 */
#include "scenario.h"

#include <semaphore.h>

enum { ROUNDS = 100000 };

static sem_t ping, pong;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void work(void)
{
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
		if (i & 1) {
			pthread_mutex_lock(&b);
			pthread_mutex_unlock(&b);
		} else {
			pthread_mutex_lock(&a);
			pthread_mutex_lock(&b);
			pthread_mutex_unlock(&b);
			pthread_mutex_unlock(&a);
		}
	}
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *one(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		work();
		CHECK(sem_post(&ping) == 0);
		CHECK(sem_wait(&pong) == 0);
	}
	return argument;
}

static void *two(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(sem_wait(&ping) == 0);
		work();
		CHECK(sem_post(&pong) == 0);
	}
	return argument;
}

int main(void)
{
	CHECK(sem_init(&ping, 0, 0) == 0);
	CHECK(sem_init(&pong, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
