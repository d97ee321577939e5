/*
 * A signal that comes before the wait is lost (POSIX, pthread_cond_signal: it has no effect if
 * there are no threads blocked), and the waiter looks at no predicate. Who signalled has ended.
 */
/* HANGS */
/* EXPECT hang observed wait join signal */
/* SAYS producer did before, in producer */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;

static void *producer(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_cond_signal(&c); /* @signal */
	pthread_mutex_unlock(&m);
	return argument;
}

static void *consumer(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	finish(start(producer, NULL));
	thread = start(consumer, NULL);
	pthread_join(thread, NULL); /* @join */
	return 0;
}
