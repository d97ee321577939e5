/*
 * The same as alike_one_at_a_time.c, but that the parent has taken both locks before: the first of
 * the threads is like the others. That there was only one thread would not be true.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 101 */
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

static void *run_both(void *argument)
{
	take_ab();
	take_ba();
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	for (int round = 0; round < 100; round++)
		finish(start(run_both, NULL));
	return 0;
}
