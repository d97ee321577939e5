/*
 * The parent takes b, a before it makes the first of a hundred detached threads that take a, b.
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

static int ended;

static void *run_ab(void *argument)
{
	take_ab();
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	return argument;
}

static void await_ended(int count)
{
	while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < count)
		usleep(100);
}

int main(void)
{
	take_ba();
	for (int round = 0; round < 100; round++) {
		CHECK(pthread_detach(start(run_ab, NULL)) == 0);
		await_ended(round + 1);
	}
	return 0;
}
