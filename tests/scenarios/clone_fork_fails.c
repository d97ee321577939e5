/*
 * clone() that fails says why in errno (clone(2)), and there is no child: a thread without shared
 * handlers, or with them but with a copy of the memory, is EINVAL. What its creator does goes on to
 * be recorded, and a child that is made after that is one.
 */
// EXPECT none
// PROCESSES 2
// ACQUISITIONS 3
#include "scenario.h"
#include <errno.h>
#include <sched.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char stack[1 << 16] __attribute__((aligned(16)));

static void take(void)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
}

static int work(void *argument)
{
	(void)argument;
	take();
	return errno == 77 ? 7 : 8;
}

static void fail(int flags)
{
	errno = 0;
	CHECK(clone(work, stack + sizeof(stack), flags, NULL) == -1);
	CHECK(errno == EINVAL);
}

int main(void)
{
	pid_t child;

	take();
	fail(CLONE_THREAD);
	fail(CLONE_SIGHAND | SIGCHLD);
	take();
	errno = 77;
	child = clone(work, stack + sizeof(stack), SIGCHLD, NULL);
	CHECK(errno == 77);
	CHECK(child > 0);
	return reap(child) == 7 ? 0 : 1;
}
