/*
 * A child that may open no files, so that it cannot be recorded, makes calls that its parent made,
 * and forks a child of its own: both end as they would without a recorder.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* DROPPED 1 */
/* FUTEX 1 */
#include "scenario.h"
#include <sys/resource.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static __attribute__((noinline)) void take_and_wake(void)
{
	static int word;

	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	syscall(SYS_futex, &word, 1 /* FUTEX_WAKE */, 1, NULL, NULL, 0);
}

/* How a child ends that does this. */
static int end_of(int (*body)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(body());
	CHECK(waitpid(child, &status, 0) == child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int end(void)
{
	return 5;
}

static int fork_limited(void)
{
	const struct rlimit none = {0, 0};

	CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
	take_and_wake();
	return end_of(end);
}

int main(void)
{
	take_and_wake();
	CHECK(end_of(fork_limited) == 5);
	return 0;
}
