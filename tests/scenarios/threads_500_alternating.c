/*
 * Five hundred threads, one after the other; every other one uses the opposite order. Each has
 * been joined when the next one is created, so no two of them overlap.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 501 */
/* ACQUISITIONS 1000 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *forwards(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *backwards(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 500; i++)
		finish(start(i % 2 ? backwards : forwards, NULL));
	return 0;
}
