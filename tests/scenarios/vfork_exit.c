/*
 * The near miss of vfork_exec.c: the child made by vfork ends with _exit at once. It shared its
 * parent's memory and stack; the parent still holds what it held, and its threads keep one order.
 */
/* EXPECT none */
/* PROCESSES >=1 */
/* ACQUISITIONS 4 */
/* EXIT 7 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_t thread;
	pid_t child;
	int status;

	pthread_mutex_lock(&a);
	child = vfork();
	if (child == 0)
		_exit(7);
	status = reap(child);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	thread = start(other, NULL);
	finish(thread);
	return status;
}
