/*
 * A pool whose workers announce their results by the four, and three jobs: the main thread waits
 * for the third result, which is there, the workers wait for more work. Everybody who could signal
 * waits for a signal.
 */
/* HANGS */
/* EXPECT hang observed work result */
/* THREADS 5 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static pthread_cond_t result = PTHREAD_COND_INITIALIZER;
static int jobs, results;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	for (;;) {
		while (jobs == 0)
			pthread_cond_wait(&work, &m); /* @work */
		jobs--;
		if (++results % 4 == 0)
			pthread_cond_signal(&result);
	}
	return argument;
}

int main(void)
{
	for (int i = 0; i < 4; i++)
		start(worker, NULL);
	pthread_mutex_lock(&m);
	jobs = 3;
	pthread_cond_broadcast(&work);
	while (results < 3)
		pthread_cond_wait(&result, &m); /* @result */
	pthread_mutex_unlock(&m);
	return 0;
}
