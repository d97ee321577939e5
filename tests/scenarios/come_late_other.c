/*
 * The near miss of come_late_first_inlined.c: the third thread says something else under that
 * mutex, and signals another condition. So thread two goes on after thread one alone has said that
 * it is ready, and cannot meet it.
 */
/* EXPECT lock-order discharged sync-order first second */
#define STAGES 2
#include "late_flag.h"

static pthread_cond_t counted = PTHREAD_COND_INITIALIZER;
static int count;

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
	if (!ready) {
		ready = true;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&m);
}

static void say_counted(void)
{
	pthread_mutex_lock(&m);
	count++;
	pthread_cond_broadcast(&counted);
	pthread_mutex_unlock(&m);
}

static void *other(void *argument)
{
	stage_await(1);
	say_counted();
	stage_reach(2);
	return argument;
}

int main(void)
{
	run_three(other);
	return 0;
}
