/*
 * Thread one takes a, b, makes true what thread two waits for, and signals twice; later it does the
 * same once more.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *one(void *argument)
{
	stage_await(1);
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_signal(&changed);
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&m);
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
