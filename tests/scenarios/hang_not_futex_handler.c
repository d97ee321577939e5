/*
 * All threads wait, in a join and in a futex, for longer than hang_timeout. But there is a handler
 * for the alarm, which wakes the futex: a system call is safe in a handler.
 */
/* EXPECT none */
#include "futexes.h"

#include <sys/time.h>

static int word;

static void on_alarm(int number)
{
	(void)number;
	change(&word, FUTEX_WAKE_PRIVATE);
}

static void *worker(void *argument)
{
	wait_for_change(&word, FUTEX_WAIT_PRIVATE, NULL);
	return argument;
}

int main(void)
{
	const struct itimerval once = {{0, 0}, {3, 500000}};

	take_a_lock();
	CHECK(signal(SIGALRM, on_alarm) == SIG_DFL);
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	finish(start(worker, NULL));
	return 0;
}
