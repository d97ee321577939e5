/*
 * The main thread ends by pthread_exit, and the process lives on with its other threads, which
 * show the inversion after that. The process ends with status 0 when the last of them does (POSIX
 * pthread_exit).
 */
/* EXPECT lock-order feasible first second */
/* EXIT 0 */
/* THREADS 3 */
/* Four, and those of the unwinder behind pthread_exit, which initialises itself once. */
/* ACQUISITIONS >=4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	stage_await(1);
	usleep(20000);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(2);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	CHECK(pthread_detach(start(one, NULL)) == 0);
	start(two, NULL);
	stage_reach(1);
	pthread_exit(NULL);
}
