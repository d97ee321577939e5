/*
 * A bounded queue: producers and consumers, two conditions, one mutex. Many waits, many wake-ups,
 * one lock: nothing to be in the wrong order with.
 */
/* EXPECT none */
/* THREADS 5 */
/* OUTPUT sum 499500 */
#include "scenario.h"

enum { CAPACITY = 4, ITEMS = 1000, WORKERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static int items[CAPACITY];
static int length, produced, consumed;
static long sum;

static void *produce(void *argument)
{
	pthread_mutex_lock(&lock);
	while (produced < ITEMS) {
		if (length == CAPACITY) {
			pthread_cond_wait(&not_full, &lock);
			continue;
		}
		items[length++] = produced++;
		pthread_cond_signal(&not_empty);
	}
	pthread_cond_broadcast(&not_full);
	pthread_mutex_unlock(&lock);
	return argument;
}

static void *consume(void *argument)
{
	pthread_mutex_lock(&lock);
	while (consumed < ITEMS) {
		if (length == 0) {
			pthread_cond_wait(&not_empty, &lock);
			continue;
		}
		sum += items[--length];
		consumed++;
		pthread_cond_signal(&not_full);
	}
	pthread_cond_broadcast(&not_empty);
	pthread_mutex_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t threads[2 * WORKERS];

	for (int i = 0; i < 2 * WORKERS; i++)
		threads[i] = start(i % 2 ? produce : consume, NULL);
	for (int i = 0; i < 2 * WORKERS; i++)
		finish(threads[i]);
	printf("sum %ld\n", sum);
	return 0;
}
