/*
 * The process replaces itself with an empty environment. It is still a process that the program
 * started, and has the inversion.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
/* OUTPUT again */
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

int main(int argc, char **argv)
{
	char *const again[] = {argv[0], "again", NULL};
	char *const nothing[] = {NULL};

	if (argc > 1) {
		run_two(one, two);
		puts("again");
		return 0;
	}
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	execve("/proc/self/exe", again, nothing);
	return 1;
}
