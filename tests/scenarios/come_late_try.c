/*
 * As come_late_tries, but thread two tries only once. In this run it gets the mutex and asks for
 * ready; had another thread had it, thread two would have gone on without that: nothing orders the
 * two.
 */
/* EXPECT lock-order potential first second */
#define AWAITS_READY
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

static void await_ready(void)
{
	if (pthread_mutex_trylock(&m))
		return;
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	run_two(one, two);
	return 0;
}
