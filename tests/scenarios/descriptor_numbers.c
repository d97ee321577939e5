/*
 * POSIX promises the lowest free number to whoever opens a file. With the three standard streams
 * open, that is 3, then 4, whatever is recorded.
 */
/* EXPECT none */
/* OUTPUT 3 4 */
#include "scenario.h"
#include <fcntl.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	int first, second;

	run_two(one, two);
	first = open("/dev/null", O_RDONLY);
	second = dup(first);
	printf("%d %d\n", first, second);
	return 0;
}
