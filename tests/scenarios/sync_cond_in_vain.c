/*
 * Two threads signal one condition, each for another waiter. Thread two looks for what thread other
 * makes true; in this run thread one signals first, and thread two wakes up for nothing. That need
 * not be: when thread other comes first, thread two goes on while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool for_fourth, ready;

static void tell(bool *what)
{
	pthread_mutex_lock(&m);
	*what = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	stage_await(1);
	take_both(&a, &b); /* @first */
	tell(&for_fourth);
	return argument;
}

static void *other(void *argument)
{
	stage_await(2);
	tell(&ready);
	return argument;
}

/* It comes when it need not wait. */
static void *fourth(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&m);
	while (!for_fourth)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready) {
		pthread_cond_wait(&changed, &m);
		stage_reach(2);
	}
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	stage_reach(3);
	return argument;
}

int main(void)
{
	pthread_t others[] = {start(other, NULL), start(fourth, NULL)};

	run_two(one, two);
	finish(others[0]);
	finish(others[1]);
	return 0;
}
