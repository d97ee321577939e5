/*
 * A handler of SIGUSR1 takes a lock that the main thread takes as well, with that signal open. When
 * the signal comes while the main thread is between lock and unlock, the handler waits for the
 * thread that it interrupted, for ever (POSIX, pthread_mutex_lock: a normal mutex that is locked by
 * the caller deadlocks). Here it comes before.
 */
/* EXPECT signal-lock misuse inside outside */
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
	const struct sigaction action = {.sa_handler = on_signal};

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	CHECK(count == 2);
	return 0;
}
