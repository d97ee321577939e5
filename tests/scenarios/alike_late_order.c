/*
 * Detached threads, all alike, one after the other. Destructors of the last round take b, a: the
 * recorder has taken note of the thread's end by then. The parent takes a, b while the last of
 * them may still be there.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 21 */
#include "scenario.h"

#include <limits.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;
static __thread int rounds, number;
static int begun, ended;

static void destroy(void *argument)
{
	if (++rounds < PTHREAD_DESTRUCTOR_ITERATIONS) {
		pthread_setspecific(key, argument);
		return;
	}
	/* The next one is there by now. */
	stage_await(number + 2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
}

static void *run(void *argument)
{
	number = __atomic_fetch_add(&begun, 1, __ATOMIC_ACQ_REL);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	CHECK(pthread_setspecific(key, argument) == 0);
	return argument;
}

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void await_ended(int count)
{
	while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) < count)
		usleep(100);
}

int main(void)
{
	CHECK(pthread_key_create(&key, destroy) == 0);
	for (int i = 0; i < 20; i++) {
		CHECK(pthread_detach(start(run, &key)) == 0);
		stage_reach(i + 1);
		usleep(5000);
	}
	stage_reach(21);
	await_ended(20);
	take_ab();
	return 0;
}
