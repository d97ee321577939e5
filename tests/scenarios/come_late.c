/*
 * Thread two waits until ready is set, which thread one does after a, b. In this run it comes when
 * that is so, and need not wait. But its code asks for ready, which is false when the program
 * begins, each time that it takes the mutex; and nobody but thread one signals. So in no schedule
 * does it take b, a before thread one has done with a, b.
 */
/* EXPECT lock-order discharged sync-order first second */
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

int main(void)
{
	run_two(one, two);
	return 0;
}
