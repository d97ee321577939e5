/*
 * As alike_in_turn_during.c: while a thread that takes y[1], x[1] is there, main takes two of four
 * pairs the other way round; in most rounds the first and the last, in one the two in the middle,
 * of which one is that.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <sched.h>

enum { ROUNDS = 120, ODD_ROUND = 100 };

static pthread_mutex_t x[4] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
			       PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t y[4] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
			       PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int at_work, may_leave;

static void *work(void *argument)
{
	pthread_mutex_lock(&y[1]);
	pthread_mutex_lock(&x[1]); /* @first */
	pthread_mutex_unlock(&x[1]);
	pthread_mutex_unlock(&y[1]);
	__atomic_store_n(&at_work, 1, __ATOMIC_RELEASE);
	while (!__atomic_load_n(&may_leave, __ATOMIC_ACQUIRE))
		sched_yield();
	return argument;
}

__attribute__((noinline)) static void take(int i)
{
	pthread_mutex_lock(&x[i]);
	pthread_mutex_lock(&y[i]); /* @second */
	pthread_mutex_unlock(&y[i]);
	pthread_mutex_unlock(&x[i]);
}

__attribute__((noinline)) static void take_some(int first, int last, int step)
{
	for (int i = first; i <= last; i += step)
		take(i);
}

static pthread_t begin(void)
{
	pthread_t thread;

	at_work = may_leave = 0;
	thread = start(work, NULL);
	stage_await_in(&at_work, 1);
	return thread;
}

int main(void)
{
	/* volatile: all rounds call from one place. */
	for (volatile int i = -1; i < ROUNDS; i++) {
		const volatile bool odd = i == ODD_ROUND, all = i < 0;
		pthread_t thread = all ? pthread_self() : begin();

		take_some(odd ? 1 : 0, odd ? 2 : 3, odd || all ? 1 : 3);
		__atomic_store_n(&may_leave, 1, __ATOMIC_RELEASE);
		if (!all)
			finish(thread);
	}
	return 0;
}
