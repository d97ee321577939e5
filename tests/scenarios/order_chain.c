/*
 * A thread takes a, b, then creates a thread, which creates a thread, which takes b, a. What
 * happened before the first creation happened before all the rest.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

static void *middle(void *argument)
{
	finish(start(run_ba, NULL));
	return argument;
}

static void *outer(void *argument)
{
	take_ab();
	finish(start(middle, NULL));
	return argument;
}

int main(void)
{
	finish(start(outer, NULL));
	return 0;
}
