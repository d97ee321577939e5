/*
 * Like unseen_library.c, but the program makes the system call by itself, as the runtime of OpenMP
 * does: no function is called that could be seen. No deadlock can happen.
 */
/* EXPECT lock-order potential first second */
/* SAYS but unseen_inline has waits in futexes of its own */
#include "unseen_flag.h"

static void futex(int operation, int value)
{
#ifdef __x86_64__
	register long timeout __asm__("r10") = 0;
	long result = SYS_futex;

	__asm__ volatile("syscall"
			 : "+a"(result)
			 : "D"(&flag), "S"(operation), "d"(value), "r"(timeout)
			 : "rcx", "r11", "memory");
#else
	syscall(SYS_futex, &flag, operation, value, NULL, NULL, 0);
#endif
}

static void *first(void *unused)
{
	take_both(&a, &b); /* @first */
	raise_flag();
	return unused;
}

static void *second(void *unused)
{
	await_flag();
	take_both(&b, &a); /* @second */
	return unused;
}

int main(void)
{
	run_two(first, second);
	return 0;
}
