/*
 * The worker takes the lock first of all that the main thread holds from before it creates the
 * worker until it is done with a and b. So they are never at a and b at the same time.
 */
/* EXPECT lock-order discharged gate-lock first second */
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
	finish(worker);
	return 0;
}
