/*
 * A thread is joined not by the one that created it but by another one, which then takes the locks
 * in the opposite order. A join orders whoever makes it after the thread.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 3 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static pthread_t worker;

static void *joiner(void *argument)
{
	finish(worker);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	worker = start(run_ab, NULL);
	finish(start(joiner, NULL));
	return 0;
}
