/*
 * A chain of processes: the parent forks a child, the child takes a lock and replaces itself, its
 * new image forks a grandchild, and the grandchild has the inversion.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 4 */
/* ACQUISITIONS 5 */
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

static int in_child(void (*work)(char *), char *argument)
{
	pid_t child = fork();

	if (child == 0) {
		work(argument);
		exit(0);
	}
	return reap(child);
}

static void replace(char *name)
{
	char *const again[] = {name, "again", NULL};

	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	execv("/proc/self/exe", again);
	_exit(1);
}

static void invert(char *name)
{
	(void)name;
	run_two(one, two);
}

int main(int argc, char **argv)
{
	return in_child(argc > 1 ? invert : replace, argv[0]);
}
