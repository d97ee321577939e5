/*
 * The workers of a pool wait for work, without a limit, for longer than hang_timeout; the main
 * thread is in poll, with a limit, and then tells them to stop. A server without clients is no
 * hang.
 */
/* EXPECT none */
#include "hang.h"

#include <poll.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static bool stop;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	while (!stop)
		pthread_cond_wait(&work, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t workers[4];

	for (int i = 0; i < 4; i++)
		workers[i] = start(worker, NULL);
	poll(NULL, 0, 3500);
	pthread_mutex_lock(&m);
	stop = true;
	pthread_cond_broadcast(&work);
	pthread_mutex_unlock(&m);
	for (int i = 0; i < 4; i++)
		finish(workers[i]);
	return 0;
}
