/*
 * The near miss of gate_of_beginning.c: the main thread takes the lock when the worker is there
 * already, and may be past it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t begin = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void b_then_a(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void a_then_b(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
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

	worker = start(work, NULL);
	pthread_mutex_lock(&begin);
	a_then_b();
	pthread_mutex_unlock(&begin);
	finish(worker);
	return 0;
}
