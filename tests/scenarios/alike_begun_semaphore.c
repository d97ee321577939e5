/*
 * The last of six hundred threads takes a, b when it has begun, and its creator b, a, when it knows
 * that. (After so many units it is not told who had to wait for whom: so no schedule is.)
 */
/* EXPECT lock-order potential first second */
/* UNORDERED 1 */
#include "begun_semaphore.h"

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_odd(void *argument)
{
	sem_post(&begun);
	take_ab();
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	make_alike(600);
	make(run_odd);
	stage_await_in(&over, 601);
	take_ba();
	return 0;
}
