/*
 * Like unseen_inline.c, but the number of the system call is loaded far before, and the code jumps
 * to where the call is made. No deadlock can happen.
 */
/* EXPECT lock-order potential first second */
/* SAYS but unseen_far has waits in futexes of its own */
#include "unseen_flag.h"

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
