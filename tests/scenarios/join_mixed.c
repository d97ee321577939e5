/*
 * main holds a and joins worker; worker takes b; other holds b and takes a. worker waits for other,
 * other for main, main for worker: three threads, two locks and a thread's end.
 */
/* EXPECT join-order feasible hold join take-b hold-b take-a */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b); /* @take-b */
	pthread_mutex_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b); /* @hold-b */
	pthread_mutex_lock(&a); /* @take-a */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(other, NULL);

	stage_await(2);
	pthread_mutex_lock(&a);	 /* @hold */
	pthread_join(one, NULL); /* @join */
	pthread_mutex_unlock(&a);
	finish(two);
	return 0;
}
