/*
 * The near miss of threads_500_alternating.c: each thread is joined only after the next one was
 * created, so that any two neighbours can overlap.
 */
/* EXPECT lock-order feasible first second */
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
	stage_advance();
	return argument;
}

static void *backwards(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_t before = start(forwards, NULL);

	for (int i = 1; i < 500; i++) {
		pthread_t thread;

		stage_await(i);
		thread = start(i % 2 ? backwards : forwards, NULL);
		finish(before);
		before = thread;
	}
	finish(before);
	return 0;
}
