/*
 * It happens, with a reader-writer lock: the handler wants to write while the thread that it
 * interrupted reads. Another signal ends the program.
 */
/* EXPECT signal-lock misuse inside outside */
/* EXPECT self-deadlock observed inside outside */
#include "scenario.h"
#include <sys/time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void on_signal(int number)
{
	(void)number;
	pthread_rwlock_wrlock(&lock); /* @inside */
	pthread_rwlock_unlock(&lock);
}

static void on_alarm(int number)
{
	(void)number;
	_exit(0);
}

int main(void)
{
	const struct itimerval once = {{0, 0}, {0, 100000}};

	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(signal(SIGALRM, on_alarm) == SIG_DFL);
	pthread_rwlock_rdlock(&lock); /* @outside */
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	return 1;
}
