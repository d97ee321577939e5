/*
 * A hundred threads in turn take a, b. Once, when the one has been joined and the next one is not
 * made, the parent takes b, a: nobody else is there.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 101 */
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

int main(void)
{
	for (int round = 0; round < 100; round++) {
		finish(start(run_ab, NULL));
		if (round == 50)
			take_ba();
	}
	return 0;
}
