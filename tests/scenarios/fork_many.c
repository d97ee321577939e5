/*
 * Twenty children in turn, each with the same inversion between two threads of its own. It is one
 * bug, whoever shows it.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 21 */
/* THREADS 61 */
/* ACQUISITIONS 80 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
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
	for (int i = 0; i < 20; i++) {
		pid_t child = fork();

		if (child == 0) {
			run_two(one, two);
			exit(0);
		}
		CHECK(reap(child) == 0);
	}
	return 0;
}
