/*
 * A hundred threads take a, b, and later b, a; each has been joined when the next one is made.
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
	for (int round = 0; round < 100; round++)
		finish(start(run_both, NULL));
	return 0;
}
