/*
 * The near miss of fork_inherited_hold.c: handlers take a before the fork, and the child's makes it
 * anew, which it is unlocked by (POSIX: the state of a mutex that was initialised). So nothing is
 * held in the child when it takes b, and calls what may block, and its other thread may have b and
 * want a.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_mutex_t a[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void before(void)
{
	pthread_mutex_lock(&a[0]);
	pthread_mutex_lock(&a[1]);
}

static void in_parent(void)
{
	pthread_mutex_unlock(&a[1]);
	pthread_mutex_unlock(&a[0]);
}

static void in_child(void)
{
	pthread_mutex_init(&a[0], NULL);
	pthread_mutex_init(&a[1], NULL);
}

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a[0]);
	pthread_mutex_unlock(&a[0]);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pid_t child;

	CHECK(pthread_atfork(before, in_parent, in_child) == 0);
	child = fork();
	if (child == 0) {
		pthread_t thread = start(other, NULL);

		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		stage_reach(1);
		finish(thread);
		exit(0);
	}
	return reap(child);
}
