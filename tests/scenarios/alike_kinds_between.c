/*
 * The near miss of alike_kinds_during.c: each time, but before it makes the one that takes a, b and
 * after it has joined it.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 201 */
#include "alike_kinds.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab(void *argument)
{
	stage_await(1);
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
	stage_reach(1);
	for (int round = 0; round < ROUNDS; round++) {
		take_ba();
		finish(start(run_ab, NULL));
		take_ba();
		finish(start(run_cd, NULL));
	}
	return 0;
}
