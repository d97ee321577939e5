/*
 * Five hundred threads, one after the other, all in one order.
 */
/* EXPECT none */
/* THREADS 501 */
/* ACQUISITIONS 1000 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *forwards(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 500; i++)
		finish(start(forwards, NULL));
	return 0;
}
