/*
 * The near miss of alike_passing_lock.c: the other thread takes the lock inside the outer one, too.
 */
/* EXPECT lock-order potential first second */
/* THREADS 14 */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *inner;

__attribute__((noinline)) static void take_inside(void)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(inner); /* @first */
	pthread_mutex_unlock(inner);
	pthread_mutex_unlock(&outer);
}

static void *run(void *argument)
{
	if (argument)
		stage_await(1);
	take_inside();
	return NULL;
}

__attribute__((noinline)) static void take_outside(void)
{
	pthread_mutex_lock(inner);
	pthread_mutex_lock(&outer); /* @second */
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(inner);
}

static void round_of(bool with_other)
{
	pthread_mutex_init(inner, NULL);
	for (volatile int i = 0; i < (with_other ? 2 : 1); i++) {
		pthread_t thread = start(run, (void *)(intptr_t)i);

		if (i == 1) {
			take_outside();
			stage_reach(1);
		}
		finish(thread);
	}
	pthread_mutex_destroy(inner);
}

int main(void)
{
	inner = malloc(sizeof(*inner));
	pthread_mutex_lock(&outer);
	pthread_mutex_unlock(&outer);
	for (volatile int round = 0; round < 12; round++)
		round_of(round == 9);
	free(inner);
	return 0;
}
