/*
 * The near miss of order_held_across_create.c: the parent has both a and b before it creates the
 * thread, and gives them back while the thread runs. The thread may have to wait for b, but the
 * parent, which has all it wants, will give it back.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ba(void *argument)
{
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
	pthread_mutex_lock(&b); /* @first */
	thread = start(run_ba, NULL);
	usleep(20000);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	finish(thread);
	return 0;
}
