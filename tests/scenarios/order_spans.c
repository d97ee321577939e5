/*
 * The parent takes a, b at the same place before it creates the thread that takes b, a, and again
 * after it has joined it. Both times are ordered with the thread; that they are the same place in
 * the program does not make one long time of them.
 */
/* EXPECT lock-order discharged thread-order first second */
/* ACQUISITIONS 6 */
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

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	take_ab();
	finish(start(run_ba, NULL));
	take_ab();
	return 0;
}
