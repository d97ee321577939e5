/*
 * A flag of the program's own, made of an atomic word and futex calls. A thread waits for it. The
 * recorder cannot know what that word means, so nothing is found; but the report must say that
 * there were futex calls that it did not understand. They work as without it: results, errno, and
 * all six arguments.
 */
// EXPECT none
// FUTEX >=1
#include "scenario.h"

#include <linux/futex.h>

static int word;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *waiter(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
		syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
	return NULL;
}

int main(void)
{
	pthread_t thread = start(waiter, NULL);

	__atomic_store_n(&word, 1, __ATOMIC_RELEASE);
	errno = 4711;
	CHECK(syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0) >= 0);
	CHECK(errno == 4711);
	CHECK(syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0) == -1 && errno == EAGAIN);
	/* All six arguments arrive. */
	CHECK(syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, 1, NULL, NULL, 0) == -1 &&
	      errno == EINVAL);
	finish(thread);
	return 0;
}
