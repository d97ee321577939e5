/*
 * Detached threads, all alike, take a, b, then b, c, then c, a, and signal. Three of them can wait
 * for each other. What is known of their signals is only that there are many.
 */
/* EXPECT lock-order potential first second third */
/* THREADS 701 */
#include "signalling_threads.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @second */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @third */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	tell();
	return argument;
}

int main(void)
{
	run_enough();
	for (int i = 0; i < 100; i++) {
		run_detached(run, NULL);
		await_running(0);
	}
	return 0;
}
