/* Futexes without a C library: system calls that no function of a library makes. */
#ifndef SCENARIO_FUTEXES_H
#define SCENARIO_FUTEXES_H

#include "hang.h"

#include <linux/futex.h>

static inline long futex(int *word, long operation, long value, const struct timespec *limit)
{
#if defined(__x86_64__)
	register const struct timespec *fourth __asm__("r10") = limit;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(SYS_futex), "D"(word), "S"(operation), "d"(value), "r"(fourth)
			 : "rcx", "r11", "memory");
	return result;
#else
	return syscall(SYS_futex, word, operation, value, limit);
#endif
}

static inline void wait_for_change(int *word, long operation, const struct timespec *limit)
{
	while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == 0)
		futex(word, operation, 0, limit);
}

static inline void change(int *word, long operation)
{
	__atomic_store_n(word, 1, __ATOMIC_RELEASE);
	futex(word, operation, INT32_MAX, NULL);
}

#endif
