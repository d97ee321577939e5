/*
 * The near miss of gate_of_beginning.c: the main thread takes the lock again, and a and b inside
 * it.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static pthread_mutex_t begin = PTHREAD_MUTEX_INITIALIZER;

static void b_then_a(void)
{
	take_both(&b, &a); /* @second */
}

static void a_then_b(void)
{
	take_both(&a, &b); /* @first */
}

static void *work(void *argument)
{
	pthread_mutex_lock(&begin);
	pthread_mutex_unlock(&begin);
	stage_await(1);
	b_then_a();
	return argument;
}

int main(void)
{
	pthread_t worker;

	pthread_mutex_lock(&begin);
	worker = start(work, NULL);
	a_then_b();
	pthread_mutex_unlock(&begin);
	pthread_mutex_lock(&begin);
	a_then_b();
	pthread_mutex_unlock(&begin);
	stage_reach(1);
	finish(worker);
	return 0;
}
