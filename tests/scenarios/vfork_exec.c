/*
 * A child made by vfork does nothing but exec, the only thing it may do besides _exit; until then
 * it runs in its parent's memory. The new image has the inversion; the parent goes on taking its
 * locks in one order.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES >=2 */
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
	pid_t child;

	if (argc > 1) {
		run_two(one, two);
		return 0;
	}
	pthread_mutex_lock(&a);
	child = vfork();
	if (child == 0) {
		execv("/proc/self/exe", again);
		_exit(1);
	}
	CHECK(reap(child) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return 0;
}
