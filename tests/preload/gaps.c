/*
 * Two threads take two static locks in opposite orders, one after the other: a report of it names
 * locks and functions, wherever the linker has put the segments that they are in.
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_both(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
	pthread_mutex_lock(outer);
	pthread_mutex_lock(inner);
	pthread_mutex_unlock(inner);
	pthread_mutex_unlock(outer);
}

static void *take_backward(void *argument)
{
	take_both(&second_lock, &first_lock);
	return argument;
}

int main(void)
{
	pthread_t thread;

	take_both(&first_lock, &second_lock);
	if (pthread_create(&thread, NULL, take_backward, NULL))
		abort();
	pthread_join(thread, NULL);
	return 0;
}
