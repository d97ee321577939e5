/*
 * A server with a thread for each request: twenty thousand of them, that nobody joins.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

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
	for (int i = 0; i < 20000; i++) {
		await_running(7);
		__atomic_add_fetch(&running, 1, __ATOMIC_RELAXED);
		CHECK(pthread_detach(start(request, NULL)) == 0);
	}
	await_running(0);
	return 0;
}
