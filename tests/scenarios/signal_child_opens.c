/*
 * A handler's signal is blocked whenever its lock is taken outside of it. A child of vfork lets it
 * in again before it goes on as another program, as posix_spawn's callers do by hand: in its
 * parent's memory, and while the parent holds the lock, but its signals are its own.
 */
/* EXPECT none */
/* PROCESSES >=2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	sigset_t blocked, before;
	pid_t child;

	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &blocked, &before) == 0);
	CHECK(pthread_mutex_lock(&m) == 0);
	child = vfork();
	if (child == 0) {
		signal(SIGUSR1, SIG_DFL);
		sigprocmask(SIG_SETMASK, &before, NULL);
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	CHECK(reap(child) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	return 0;
}
