/*
 * The near miss of constructor.c: the constructor starts a thread and goes on. That thread takes a
 * before b, while the main thread is in main.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
/* THREADS 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *background(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static pthread_t thread;

__attribute__((constructor)) static void early(void)
{
	thread = start(background, NULL);
}

int main(void)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(thread);
	return 0;
}
