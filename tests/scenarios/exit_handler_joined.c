/*
 * The near miss of exit_handler.c: the thread has been joined when the exit handler runs.
 */
/* EXPECT lock-order discharged thread-order first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void at_exit(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	CHECK(atexit(at_exit) == 0);
	finish(start(worker, NULL));
	return 0;
}
