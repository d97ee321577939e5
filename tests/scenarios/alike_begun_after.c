/*
 * The last of six hundred threads takes a, and the mutex inside, when it has begun. Its creator
 * takes a inside the mutex when it has been told so. (After so many signals nothing is ordered by
 * them, so no schedule is told.)
 */
/* EXPECT lock-order potential first second */
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
	make(run_odd);
	await_begun();
	take_a();
	pthread_mutex_unlock(&mutex);
	stage_reach(1);
	stage_await_in(&over, 601);
	return 0;
}
