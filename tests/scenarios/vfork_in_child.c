/*
 * The child of a fork starts a program with vfork, and that fails: _exit is the first thing of note
 * that happens in the child's memory, but in another process. The child goes on, locks, and ends
 * by itself.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 2 */
/* EXIT 3 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void lock(void)
{
	CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
}

static int run_nothing(void)
{
	pid_t child = vfork();

	if (child == 0) {
		execl("/nonexistent/program", "program", (char *)NULL);
		_exit(127);
	}
	return reap(child);
}

int main(void)
{
	pid_t child;

	lock();
	child = fork();
	if (child == 0) {
		CHECK(run_nothing() == 127);
		lock();
		return 3;
	}
	return reap(child);
}
