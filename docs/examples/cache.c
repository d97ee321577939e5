/*
 * A cache with a lock, and its statistics with another. Readers take the cache's lock and then the
 * statistics'; whoever prints the statistics takes them the other way round. This works on every
 * day but one: when a reader and the printer come at the same time, each waits for the other.
 *
 *	cc -g -pthread -o cache cache.c
 *	gordian run -- ./cache
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t stats_lock = PTHREAD_MUTEX_INITIALIZER;
static int cache[16];
static unsigned hits;

static void count_hit(void)
{
	pthread_mutex_lock(&stats_lock);
	hits++;
	pthread_mutex_unlock(&stats_lock);
}

static int cache_get(int key)
{
	int value;

	pthread_mutex_lock(&cache_lock);
	value = cache[key % 16];
	count_hit();
	pthread_mutex_unlock(&cache_lock);
	return value;
}

static void print_stats(void)
{
	pthread_mutex_lock(&stats_lock);
	pthread_mutex_lock(&cache_lock);
	printf("%u hits, first entry %d\n", hits, cache[0]);
	pthread_mutex_unlock(&cache_lock);
	pthread_mutex_unlock(&stats_lock);
}

static void *reader(void *unused)
{
	(void)unused;
	for (int key = 0; key < 1000; key++)
		cache_get(key);
	return NULL;
}

static void *printer(void *unused)
{
	(void)unused;
	usleep(200000); /* late enough for the readers to be done, today */
	print_stats();
	return NULL;
}

int main(void)
{
	pthread_t threads[3];

	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, reader, NULL);
	pthread_create(&threads[2], NULL, printer, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
