/*
 * As come_late_first.c, and the compiler has put the code of who says that it is ready into both
 * threads that do: they take the mutex at two places. The third one may still be the first.
 */
/* EXPECT lock-order potential first second */
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

__attribute__((always_inline)) static inline void say_ready(void)
{
	pthread_mutex_lock(&m);
	if (!ready) {
		ready = true;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&m);
}

static void *other(void *argument)
{
	stage_await(1);
	say_ready();
	stage_reach(2);
	return argument;
}

int main(void)
{
	run_three(other);
	return 0;
}
