/*
 * The near miss of join_mixed.c: other takes a first, then b. Who waits for a has nothing that
 * worker needs.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *other(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(other, NULL);

	pthread_mutex_lock(&a);
	pthread_join(one, NULL);
	pthread_mutex_unlock(&a);
	finish(two);
	return 0;
}
