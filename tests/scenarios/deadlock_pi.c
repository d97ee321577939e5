/*
 * Mutexes that lend their priority (PTHREAD_PRIO_INHERIT). The kernel sees the cycle and refuses
 * the second of the two with EDEADLK, but to a normal mutex that is no answer: glibc lets the
 * caller wait for ever then (2.36, pthread_mutex_lock.c: "Delay the thread indefinitely").
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static pthread_mutex_t a, b;

static void make(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	make(&a);
	make(&b);
	run_two(one, two);
	return 0;
}
