/*
 * Two hundred threads at once, all in one order, with much waiting.
 */
/* EXPECT none */
/* THREADS 201 */
/* ACQUISITIONS 4000 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

enum { THREADS = 200 };

static void *work(void *argument)
{
	for (int i = 0; i < 10; i++) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
	}
	return argument;
}

int main(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		threads[i] = start(work, NULL);
	for (int i = 0; i < THREADS; i++)
		finish(threads[i]);
	return 0;
}
