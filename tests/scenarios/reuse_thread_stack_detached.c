/*
 * Like reuse_thread_stack.c, with detached threads that give their stacks back by themselves: the
 * stack is the program's own memory, which the second thread is given when the first has ended (as
 * its kernel thread is gone).
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"
#include <sys/syscall.h>

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed);
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static __attribute__((noinline)) void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static __attribute__((noinline)) void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

enum { STACK_SIZE = 256 << 10 };

static char stack[STACK_SIZE] __attribute__((aligned(4096)));
static int thread_id;

static __attribute__((noinline)) void leave(void)
{
	__atomic_store_n(&thread_id, (int)syscall(SYS_gettid), __ATOMIC_RELEASE);
}

static uintptr_t place;

static __attribute__((noinline)) void note(const void *m)
{
	if (place == (uintptr_t)m)
		puts("same address");
	place = (uintptr_t)m;
}

static void *first_life(void *argument)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	hand_over(&m);
	leave();
	return argument;
}

static void *second_life(void *argument)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	take_outside(&m);
	leave();
	return argument;
}

static void gone(void)
{
	int id;

	while ((id = __atomic_load_n(&thread_id, __ATOMIC_ACQUIRE)) == 0)
		usleep(1000);
	while (syscall(SYS_tgkill, getpid(), id, 0) == 0)
		usleep(1000);
}

int main(void)
{
	pthread_t other_thread = start(worker, NULL), thread;
	pthread_attr_t attributes;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setstack(&attributes, stack, STACK_SIZE) == 0);
	CHECK(pthread_create(&thread, &attributes, first_life, NULL) == 0);
	CHECK(pthread_detach(thread) == 0);
	gone();
	CHECK(pthread_create(&thread, &attributes, second_life, NULL) == 0);
	finish(thread);
	finish(other_thread);
	return 0;
}
