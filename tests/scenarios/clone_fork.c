/*
 * Children made by clone() without CLONE_VM: each has a copy of everything (clone(2)), and is a
 * process of its own, with its own trace. One does its work in the function that it was given; the
 * other jumps from there to where its parent called it, as sandboxes do, and goes on there. Parent
 * and children take a and b in different orders, but their mutexes are not shared (POSIX: without
 * PTHREAD_PROCESS_SHARED they are each process's own).
 */
// EXPECT none
// PROCESSES 3
// ACQUISITIONS 3000
#include "scenario.h"
#include <sched.h>
#include <setjmp.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static char stack[1 << 16] __attribute__((aligned(16)));

static void take(pthread_mutex_t *outer, pthread_mutex_t *inner)
{
	for (int i = 0; i < 500; i++) {
		pthread_mutex_lock(outer);
		pthread_mutex_lock(inner);
		pthread_mutex_unlock(inner);
		pthread_mutex_unlock(outer);
	}
}

static int work(void *argument)
{
	CHECK(argument == &a);
	take(&b, &a);
	return 7;
}

static int jump(void *environment)
{
	longjmp(*(jmp_buf *)environment, 1);
}

static __attribute__((noinline)) pid_t make_jumping(jmp_buf *environment)
{
	return clone(jump, stack + sizeof(stack), SIGCHLD, environment);
}

static pid_t fork_by_jump(void)
{
	jmp_buf environment;

	return setjmp(environment) ? 0 : make_jumping(&environment);
}

int main(void)
{
	pid_t child = clone(work, stack + sizeof(stack), SIGCHLD, &a), other;

	CHECK(child > 0);
	other = fork_by_jump();
	if (other == 0) {
		take(&b, &a);
		_exit(8);
	}
	take(&a, &b);
	return reap(child) == 7 && reap(other) == 8 ? 0 : 1;
}
