/*
 * A hundred threads in turn take a, b. Once, in between, a detached one takes b, a: it ends before
 * the next one is made, but nobody waits for that.
 */
/* EXPECT lock-order feasible first second */
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
	stage_reach(1);
	return argument;
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		if (round == 50) {
			CHECK(pthread_detach(start(run_ba, NULL)) == 0);
			stage_await(1);
			usleep(50000);
		}
		finish(start(run_ab, NULL));
	}
	return 0;
}
