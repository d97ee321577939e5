/*
 * A lock and a thread for each of twenty thousand requests: the thread takes the lock, another one
 * inside it, and ends its life. Nobody joins the thread. Once both are gone it makes no difference
 * which they were.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

#include <sched.h>

static pthread_mutex_t statistics = PTHREAD_MUTEX_INITIALIZER;
static int ended;

static void *serve(void *argument)
{
	pthread_mutex_t *request = argument;

	pthread_mutex_lock(request);
	pthread_mutex_lock(&statistics);
	pthread_mutex_unlock(&statistics);
	pthread_mutex_unlock(request);
	CHECK(pthread_mutex_destroy(request) == 0);
	free(request);
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	return NULL;
}

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *request = malloc(sizeof(*request));

	CHECK(request && pthread_mutex_init(request, NULL) == 0);
	pthread_mutex_lock(request);
	pthread_mutex_unlock(request);
	return request;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_t *request = make();

		CHECK(pthread_detach(start(serve, request)) == 0);
		while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < i)
			sched_yield();
	}
	return 0;
}
