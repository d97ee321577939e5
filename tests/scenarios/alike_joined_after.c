/*
 * The near miss of alike_detached_after.c: the seventh is joined before the parent takes b, a.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 8 */
#include "scenario.h"

enum { JOINED = 6 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void join_all(const pthread_t *threads)
{
	for (int i = 0; i < JOINED; i++)
		finish(threads[i]);
}

int main(void)
{
	pthread_t threads[JOINED + 1];

	for (int i = 0; i <= JOINED; i++) {
		threads[i] = start(run_ab, NULL);
		if (i == JOINED - 1)
			join_all(threads);
	}
	finish(threads[JOINED]);
	take_ba();
	return 0;
}
