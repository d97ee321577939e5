/* The near miss of hang_lost_wakeup.c: the waiter looks first whether there is anything to wait
 * for. */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *producer(void *argument)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *consumer(void *argument)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	finish(start(producer, NULL));
	finish(start(consumer, NULL));
	return 0;
}
