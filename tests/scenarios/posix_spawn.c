/*
 * The inversion is in a process started by posix_spawn.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
/* ACQUISITIONS 5 */
#include "scenario.h"
#include <spawn.h>

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

int main(int argc, char **argv)
{
	char *const again[] = {argv[0], "again", NULL};
	pid_t child;

	if (argc > 1) {
		run_two(one, two);
		return 0;
	}
	CHECK(posix_spawn(&child, "/proc/self/exe", NULL, NULL, again, environ) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return reap(child);
}
