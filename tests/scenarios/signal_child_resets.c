/*
 * A child of vfork sets its handlers back before it goes on as another program, as shells and
 * Python do. It runs in its parent's memory, but its actions are its own: the parent's handler is
 * still installed, and the lock is still one that both take.
 */
/* EXPECT signal-lock misuse inside outside */
/* PROCESSES >=2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pid_t child;

	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	child = vfork();
	if (child == 0) {
		signal(SIGUSR1, SIG_DFL);
		execl("/bin/true", "true", (char *)NULL);
		_exit(98);
	}
	CHECK(reap(child) == 0);
	pthread_mutex_lock(&m); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(count == 3);
	return 0;
}
