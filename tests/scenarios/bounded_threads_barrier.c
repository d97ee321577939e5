/*
 * Five thousand rounds of four threads that meet at a barrier, which is made for each round, and
 * joined before the next one. That is more barriers than are told apart: of the later ones it is
 * said that those who meet there come to an end, and no more.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *run(void *argument)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	pthread_barrier_wait(&barrier);
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 5000; i++) {
		pthread_t threads[4];

		CHECK(pthread_barrier_init(&barrier, NULL, 4) == 0);
		for (int j = 0; j < 4; j++)
			threads[j] = start(run, NULL);
		for (int j = 0; j < 4; j++)
			finish(threads[j]);
		CHECK(pthread_barrier_destroy(&barrier) == 0);
	}
	return 0;
}
