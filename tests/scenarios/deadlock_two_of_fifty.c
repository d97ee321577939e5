/*
 * Of fifty threads, two wait for each other. The others work, with locks of their own and with one
 * that all of them share.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one two */
/* THREADS 51 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(50);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(50);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *work(void *argument)
{
	pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;

	meet(50);
	for (;; nap(50)) {
		pthread_mutex_lock(&own);
		pthread_mutex_lock(&all);
		pthread_mutex_unlock(&all);
		pthread_mutex_unlock(&own);
	}
	return argument;
}

int main(void)
{
	for (int i = 0; i < 48; i++)
		start(work, NULL);
	start(one, NULL);
	start(two, NULL);
	for (;;)
		nap(1000);
}
