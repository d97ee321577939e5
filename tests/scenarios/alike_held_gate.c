/*
 * The near miss of alike_held_later.c: the threads take a, b inside g, and so does their creator b,
 * a.
 */
/* EXPECT lock-order discharged gate-lock first second */
/* THREADS 101 */
#include "scenario.h"

static pthread_mutex_t g = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	pthread_mutex_lock(&g);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	stage_advance();
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
	for (int round = 0; round < 100; round++) {
		pthread_mutex_lock(&g);
		CHECK(pthread_detach(start(run, NULL)) == 0);
		if (round == 50)
			take_ba();
		pthread_mutex_unlock(&g);
		stage_await(round + 1);
	}
	return 0;
}
