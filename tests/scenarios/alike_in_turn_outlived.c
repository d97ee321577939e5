/*
 * Threads in turn take a, b, and main takes locks inside each other in between. After the
 * thirtieth it makes one of another kind, which takes b, a while later ones are there.
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

static void *other(void *argument)
{
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread = 0;

	for (int i = 0; i < 60; i++) {
		take_ac();
		if (i == 30)
			thread = start(other, NULL);
		finish(start(run, NULL));
	}
	stage_reach(1);
	finish(thread);
	return 0;
}
