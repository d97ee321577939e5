/*
 * A thread that is not the main one replaces the process. The kernel ends all its other threads.
 * The inversion is in the new image.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
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

static void *replace(void *argument)
{
	char *const again[] = {argument, "again", NULL};

	pthread_mutex_lock(&a);
	execv("/proc/self/exe", again);
	_exit(1);
}

int main(int argc, char **argv)
{
	if (argc > 1) {
		run_two(one, two);
		return 0;
	}
	finish(start(replace, argv[0]));
	return 1;
}
