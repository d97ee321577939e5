/*
 * The near miss of alike_in_turn_during.c: it does so when one has gone and the next one is not yet
 * there, again and again.
 */
/* EXPECT lock-order discharged thread-order first second */
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
		take_ac();
		take_ba();
		finish(start(run, NULL));
	}
	take_ba();
	return 0;
}
