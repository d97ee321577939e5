/*
 * The parent holds a while it creates a thread, and wants b only after that. The thread takes b
 * and wants a: each has what the other wants. That a was taken before the thread existed does not
 * help.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ba(void *argument)
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
	pthread_t thread;

	pthread_mutex_lock(&a);
	thread = start(run_ba, NULL);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	finish(thread);
	return 0;
}
