/*
 * The near miss of alike_detached_after_end.c: all of them are joined.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 61 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	pthread_t threads[2];

	for (int round = 0; round < 40; round++) {
		for (int i = 0; i < (round < 20 ? 2 : 1); i++)
			threads[i] = start(run_ab, NULL);
		usleep(2000);
		for (int i = 0; i < (round < 20 ? 2 : 1); i++)
			finish(threads[i]);
	}
	take_ba();
	return 0;
}
