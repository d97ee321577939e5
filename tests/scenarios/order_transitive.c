/*
 * The order of the sides goes through a third thread: a manager creates and joins the thread that
 * takes a, b; then the manager itself is joined; then the thread that takes b, a is created. Order
 * is transitive.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ab(void *argument)
{
	take_ab();
	return argument;
}

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

static void *manage(void *argument)
{
	finish(start(run_ab, NULL));
	return argument;
}

int main(void)
{
	finish(start(manage, NULL));
	finish(start(run_ba, NULL));
	return 0;
}
