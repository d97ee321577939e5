/*
 * It happens: the signal comes while the main thread holds the lock, and the handler waits for the
 * thread that it interrupted. Another signal ends the program. The handler never gets the lock, so
 * the report must be there before.
 */
/* EXPECT signal-lock misuse inside outside */
/* EXPECT self-deadlock observed inside outside */
#include "scenario.h"
#include <sys/time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	pthread_mutex_unlock(&m);
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
	pthread_mutex_lock(&m); /* @outside */
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	return 1;
}
