/*
 * Usage: crowd flat|nested LOCKS. That many mutexes live at once, each is taken twice, inside
 * another one or not. Prints how many bytes of resident memory each of them came to cost.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static long resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long all, pages;

	if (!file || fscanf(file, "%ld %ld", &all, &pages) != 2)
		abort();
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

static void *take_outer(void *unused)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_unlock(&outer);
	return unused;
}

static void take(pthread_mutex_t *mutex, bool nested)
{
	if (nested)
		pthread_mutex_lock(&outer);
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	if (nested)
		pthread_mutex_unlock(&outer);
}

int main(int argc, char **argv)
{
	bool nested = argc > 1 && !strcmp(argv[1], "nested");
	size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
	pthread_mutex_t *locks = malloc(count * sizeof(*locks));
	pthread_t thread;
	long before;

	if (!locks || pthread_create(&thread, NULL, take_outer, NULL))
		return 1;
	pthread_join(thread, NULL);
	memset(locks, 1, count * sizeof(*locks)); /* the program's own pages are there */
	before = resident();
	for (size_t i = 0; i < count; i++)
		pthread_mutex_init(&locks[i], NULL);
	for (size_t i = 0; i < 2 * count; i++)
		take(&locks[i % count], nested);
	printf("%.1f\n", (double)(resident() - before) / (double)count);
	return 0;
}
