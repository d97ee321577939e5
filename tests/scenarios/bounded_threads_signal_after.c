/*
 * Twenty thousand threads that nobody joins, each of which signals when it has given back what it
 * held, in the order in which it took it.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "signalling_threads.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static void *request(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	running--;
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	pthread_cond_signal(&ended);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		run_detached(request, NULL);
		await_running(0);
	}
	return 0;
}
