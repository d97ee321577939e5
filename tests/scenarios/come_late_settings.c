/*
 * As come_late.c. Before there are threads main sets another flag, under another mutex.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static pthread_mutex_t settings = PTHREAD_MUTEX_INITIALIZER;
static volatile bool verbose;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&settings);
	verbose = true;
	pthread_mutex_unlock(&settings);
	run_two(one, two);
	return 0;
}
