/*
 * A hundred threads in turn take a, b. Once, in between, another one takes b, a: it is made when
 * all before it have been joined, and joined before the next one is made.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 102 */
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

int main(void)
{
	for (int round = 0; round < 100; round++) {
		if (round == 50)
			finish(start(run_ba, NULL));
		finish(start(run_ab, NULL));
	}
	return 0;
}
