/*
 * Forty threads at once, each of which makes a lock for each of three thousand requests, and takes
 * another one inside it: what they leave does not depend on how many requests there are, though the
 * locks were all made at one place.
 */
/* EXPECT none */
/* TRACE <=1024 */
#include "scenario.h"

enum { THREADS = 40, REQUESTS = 3000 };

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

static void request(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	pthread_mutex_init(mutex, NULL);
	pthread_mutex_lock(mutex);
	pthread_mutex_lock(&table);
	pthread_mutex_unlock(&table);
	pthread_mutex_unlock(mutex);
	pthread_mutex_destroy(mutex);
	free(mutex);
}

static void *worker(void *argument)
{
	for (int i = 0; i < REQUESTS; i++) {
		request();
		sched_yield();
	}
	return argument;
}

int main(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		threads[i] = start(worker, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
