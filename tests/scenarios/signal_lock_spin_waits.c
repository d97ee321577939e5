/*
 * It happens, with a spin lock: the handler spins for the thread that it interrupted. That is one
 * bug, not also a thread that locks twice. Another signal ends the program.
 */
/* EXPECT signal-lock misuse inside outside */
/* EXPECT self-deadlock observed inside outside */
#include "scenario.h"
#include <sys/time.h>

static pthread_spinlock_t lock;

static void on_signal(int number)
{
	(void)number;
	pthread_spin_lock(&lock); /* @inside */
	pthread_spin_unlock(&lock);
}

static void on_alarm(int number)
{
	(void)number;
	_exit(0);
}

int main(void)
{
	const struct itimerval once = {{0, 0}, {0, 100000}};

	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(signal(SIGALRM, on_alarm) == SIG_DFL);
	pthread_spin_lock(&lock); /* @outside */
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	return 1;
}
