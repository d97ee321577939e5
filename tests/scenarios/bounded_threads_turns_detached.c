/*
 * Threads in turn take a mutex of their own, and a inside. In between their creator takes a inside
 * b, other threads are joined, and detached ones come and go. What they leave does not depend on
 * how many there are.
 */
/* EXPECT none */
/* TRACE <=256 */
/* THREADS 6001 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int gone;

__attribute__((noinline)) static void take_inside(pthread_mutex_t *outer)
{
	pthread_mutex_lock(outer);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(outer);
}

static void *request(void *argument)
{
	take_inside(argument);
	return argument;
}

static void *other(void *argument)
{
	take_inside(&b);
	return argument;
}

static void *detached(void *argument)
{
	take_inside(&b);
	__atomic_store_n(&gone, 1, __ATOMIC_RELEASE);
	return argument;
}

static void serve(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	CHECK(mutex && pthread_mutex_init(mutex, NULL) == 0);
	finish(start(request, mutex));
	CHECK(pthread_mutex_destroy(mutex) == 0);
	free(mutex);
}

int main(void)
{
	for (int round = 0; round < 2000; round++) {
		serve();
		take_inside(&b);
		finish(start(other, NULL));
		__atomic_store_n(&gone, 0, __ATOMIC_RELEASE);
		CHECK(pthread_detach(start(detached, NULL)) == 0);
		while (!__atomic_load_n(&gone, __ATOMIC_ACQUIRE))
			usleep(100);
	}
	return 0;
}
