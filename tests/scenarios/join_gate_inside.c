/*
 * Like join_gate.c, but other takes g when it has b already: now main has g, other waits for it
 * with b, worker for b, and main for worker.
 */
/* EXPECT join-order feasible hold-g join take-b hold-b take-g */
/* EXPECT join-order discharged gate-lock hold-a join take-b hold-b take-a */
#include "scenario.h"

static pthread_mutex_t g = PTHREAD_MUTEX_INITIALIZER;
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
	pthread_mutex_lock(&g); /* @take-g */
	pthread_mutex_lock(&a); /* @take-a */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(other, NULL);

	stage_await(2);
	pthread_mutex_lock(&g);	 /* @hold-g */
	pthread_mutex_lock(&a);	 /* @hold-a */
	pthread_join(one, NULL); /* @join */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	finish(two);
	return 0;
}
