/*
 * The near miss of unseen_library.c: the library wakes whoever waits for its flag, but has nothing
 * that waits; the second thread only asks. The deadlock can happen. Other system calls, and numbers
 * that look like that of futex, are none.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

void flag_raise(void);
int flag_ask(void);

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *first(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	flag_raise();
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	CHECK(flag_ask() > 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return unused;
}

int main(void)
{
	run_two(first, second);
	return 0;
}
