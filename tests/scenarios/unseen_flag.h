/* One thread comes after the other by a flag, for which it waits in a futex. */
#ifndef UNSEEN_FLAG_H
#define UNSEEN_FLAG_H

#include "pair.h"

#include <linux/futex.h>

static int flag;

/* The scenario's: the system call, on the flag. */
static void futex(int operation, int value);

static inline void raise_flag(void)
{
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	futex(FUTEX_WAKE_PRIVATE, 1);
	stage_reach(1);
}

static inline void await_flag(void)
{
	stage_await(1);
	while (!__atomic_load_n(&flag, __ATOMIC_ACQUIRE))
		futex(FUTEX_WAIT_PRIVATE, 0);
}

#endif
