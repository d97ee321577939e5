/*
 * A handler locks what the code that it interrupted holds. pthread_mutex_lock is not among the
 * functions that are safe in a handler (POSIX, 2.4.3); the handler waits for the thread it runs on.
 */
/* HANGS */
/* EXPECT self-deadlock observed outside inside */
/* EXPECT signal-lock misuse outside inside */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	pthread_mutex_unlock(&m);
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	pthread_mutex_lock(&m); /* @outside */
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	return 0;
}
