/*
 * A near miss of deadlock_waitpid.c: another thread of the parent ends the child when that has
 * taken longer than hang_timeout.
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static pid_t child;

static void take(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
}

static void *watch(void *argument)
{
	nap(3500);
	kill(child, SIGKILL);
	return argument;
}

int main(void)
{
	pthread_t thread;

	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	child = run(take);
	thread = start(watch, NULL);
	CHECK(waitpid(child, NULL, 0) == child); /* @await */
	pthread_mutex_unlock(&shared->a);
	finish(thread);
	return 0;
}
