/*
 * main holds g and m when it joins worker; worker takes g, then m. That both hold g around m is no
 * gate: worker never gets g while main waits for it. The circle is that of main and worker with g,
 * and the one with m cannot come about, since worker would need g first.
 */
/* EXPECT join-order feasible hold-g join take-g */
/* EXPECT join-order discharged gate-lock hold-m join take-m */
#include "scenario.h"

static pthread_mutex_t g = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&g); /* @take-g */
	pthread_mutex_lock(&m); /* @take-m */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&g);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&g);	    /* @hold-g */
	pthread_mutex_lock(&m);	    /* @hold-m */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&g);
	return 0;
}
