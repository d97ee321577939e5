/*
 * A thread with the smallest stack that there may be starts programs: posix_spawn needs little of
 * it (glibc takes a stack of its own), and so does a child of vfork. One environment has to be
 * completed so that the child is recorded, the other one not.
 */
/* EXPECT none */
/* PROCESSES >=1 */
/* OUTPUT all started */
#include "scenario.h"
#include <limits.h>
#include <spawn.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char *const arguments[] = {(char[]){"true"}, NULL};

static void spawn(char *const *environment)
{
	pid_t child;

	CHECK(posix_spawnp(&child, "true", NULL, NULL, arguments, environment) == 0);
	CHECK(reap(child) == 0);
}

static void *work(void *argument)
{
	char *const other[] = {(char[]){"PATH=/bin:/usr/bin"}, NULL};
	pid_t child;

	CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	spawn(environ);
	spawn(other);
	child = vfork();
	if (child == 0) {
		execvp("true", arguments);
		_exit(1);
	}
	CHECK(reap(child) == 0);
	return argument;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN) == 0);
	CHECK(pthread_create(&thread, &attributes, work, NULL) == 0);
	finish(thread);
	puts("all started");
	return 0;
}
