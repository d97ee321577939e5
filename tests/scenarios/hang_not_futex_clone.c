/*
 * The only thread waits in a futex on private memory, for longer than hang_timeout. But there is a
 * second process that has the same memory (clone with CLONE_VM): it wakes the futex.
 */
/* EXPECT none */
#include "futexes.h"

#include <sched.h>

static int word;
static char stack[1 << 16] __attribute__((aligned(16)));

static int other(void *argument)
{
	(void)argument;
	nap(3500);
	change(&word, FUTEX_WAKE_PRIVATE);
	return 0;
}

int main(void)
{
	pid_t child;

	take_a_lock();
	child = clone(other, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL);
	CHECK(child > 0);
	wait_for_change(&word, FUTEX_WAIT_PRIVATE, NULL);
	return reap(child);
}
