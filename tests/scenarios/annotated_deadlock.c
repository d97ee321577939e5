/*
 * A lock of the program's own, annotated, and a mutex, in opposite orders. Who finds the own lock
 * taken says so and sleeps in the kernel until the word changes, without a limit.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

#include <gordian/annotate.h>

#include <linux/futex.h>

static int word;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static inline __attribute__((always_inline)) void own_lock(void)
{
	GORDIAN_ACQUIRE(&word, GORDIAN_EXCLUSIVE);
	if (__atomic_exchange_n(&word, 1, __ATOMIC_ACQUIRE)) {
		GORDIAN_WAIT(&word, GORDIAN_EXCLUSIVE);
		while (__atomic_exchange_n(&word, 1, __ATOMIC_ACQUIRE))
			syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);
	}
	GORDIAN_ACQUIRED(&word, GORDIAN_EXCLUSIVE);
}

static void own_unlock(void)
{
	GORDIAN_RELEASE(&word);
	__atomic_store_n(&word, 0, __ATOMIC_RELEASE);
	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *one(void *argument)
{
	own_lock();
	meet(2);
	pthread_mutex_lock(&m); /* @one */
	pthread_mutex_unlock(&m);
	own_unlock();
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	meet(2);
	own_lock(); /* @two */
	own_unlock();
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
