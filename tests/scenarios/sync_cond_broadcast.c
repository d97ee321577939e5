/*
 * Two threads wait until ready is set, and then take b, a each; main takes a, b, sets it, and
 * wakes both with one broadcast.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;
static int waiters[2];

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

static void *two(void *argument)
{
	int *me = argument;

	pthread_mutex_lock(&m);
	__atomic_store_n(me, gettid(), __ATOMIC_RELEASE);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		threads[i] = start(two, &waiters[i]);
	for (int i = 0; i < 2; i++) {
		while (!__atomic_load_n(&waiters[i], __ATOMIC_ACQUIRE))
			usleep(1000);
		await_blocked(waiters[i]);
	}
	take_ab();
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	for (int i = 0; i < 2; i++)
		finish(threads[i]);
	return 0;
}
