/*
 * Like unseen_inline.c, but the number of the system call is loaded far before, and the code jumps
 * to where the call is made. No deadlock can happen.
 */
/* EXPECT lock-order potential first second */
/* SAYS but unseen_far has waits in futexes of its own */
#include "scenario.h"

#include <linux/futex.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int flag;

static void futex(int operation, int value)
{
#ifdef __x86_64__
	register long timeout __asm__("r10") = 0;
	long result;

	__asm__ volatile("mov %[number], %%eax\n\t"
			 "jmp 1f\n\t"
			 ".skip 200, 0xcc\n"
			 "1:\n\t"
			 "syscall"
			 : "=&a"(result)
			 : [number] "i"(SYS_futex), "D"(&flag), "S"(operation), "d"(value),
			   "r"(timeout)
			 : "rcx", "r11", "memory");
#else
	syscall(SYS_futex, &flag, operation, value, NULL, NULL, 0);
#endif
}

static void *first(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	futex(FUTEX_WAKE_PRIVATE, 1);
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	while (!__atomic_load_n(&flag, __ATOMIC_ACQUIRE))
		futex(FUTEX_WAIT_PRIVATE, 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return unused;
}

int main(void)
{
	run_two(first, second);
	return 0;
}
