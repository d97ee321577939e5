/*
 * The near miss of longjmp_released.c: the function leaves by longjmp with a still held. A jump
 * gives no lock back. b is taken with a held, against the other thread.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <setjmp.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static jmp_buf recovery;
static int failures;

static void parse(void)
{
	pthread_mutex_lock(&a);
	failures++;
	longjmp(recovery, 1);
}

static void *one(void *argument)
{
	if (setjmp(recovery) == 0)
		parse();
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
