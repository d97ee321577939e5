/*
 * Threads in turn take a, b, and main takes locks inside each other in between. Once it takes b, a
 * while one of them is there.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

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

/* What main does between the threads that it makes, and what tells nothing of them. */
__attribute__((noinline)) static void take_ac(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&a);
}

static void *run(void *argument)
{
	take_ab();
	return argument;
}

int main(void)
{
	for (int i = 0; i < 60; i++) {
		pthread_t thread;

		take_ac();
		thread = start(run, NULL);
		if (i == 40) {
			usleep(20000);
			take_ba();
		}
		finish(thread);
	}
	return 0;
}
