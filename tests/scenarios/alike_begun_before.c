/*
 * The near miss of alike_begun_after.c: its creator takes a before it makes the thread.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "begun_threads.h"

static void *run_odd(void *argument)
{
	begin();
	stage_await(1);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&mutex); /* @first */
	pthread_mutex_unlock(&mutex);
	pthread_mutex_unlock(&a);
	end();
	return argument;
}

static void take_a(void)
{
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
}

int main(void)
{
	make_alike(600);
	pthread_mutex_lock(&mutex);
	take_a();
	make(run_odd);
	await_begun();
	pthread_mutex_unlock(&mutex);
	stage_reach(1);
	stage_await_in(&over, 601);
	return 0;
}
