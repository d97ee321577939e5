/*
 * As come_late, but thread two takes the mutex by trying it until it gets it, and another thread
 * has it when it tries first. What it finds when it has got it is as new to it as if it had got it
 * at once: it asks for ready under the mutex.
 */
/* EXPECT lock-order discharged sync-order first second */
#define AWAITS_READY
#define STAGES 2
#include "late_flag.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void *hold(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	stage_reach(2);
	stage_await(3);
	pthread_mutex_unlock(&m);
	return argument;
}

static void await_ready(void)
{
	while (pthread_mutex_trylock(&m))
		stage_reach(3);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	run_three(hold);
	return 0;
}
