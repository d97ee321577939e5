/*
 * Twenty thousand threads that nobody joins, each made by one that holds a lock, and keeps another
 * one for ever: the trace does not grow.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t forever = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static int running;

static void *request(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	__atomic_sub_fetch(&running, 1, __ATOMIC_RELEASE);
	return argument;
}

static void await_running(int most)
{
	while (__atomic_load_n(&running, __ATOMIC_ACQUIRE) > most)
		usleep(100);
}

int main(void)
{
	pthread_mutex_lock(&forever);
	for (int i = 0; i < 20000; i++) {
		await_running(0);
		__atomic_add_fetch(&running, 1, __ATOMIC_RELAXED);
		pthread_mutex_lock(&pool);
		CHECK(pthread_detach(start(request, NULL)) == 0);
		pthread_mutex_unlock(&pool);
	}
	await_running(0);
	pthread_mutex_unlock(&forever);
	return 0;
}
