/*
 * A timer's handler takes a lock that nobody else takes, in whatever thread it interrupts, there
 * too where that thread is just being recorded. POSIX does not promise that a handler may do so;
 * glibc lets it, and programs do it. The program must come through; what could not be recorded is
 * counted. The only order is that of the interrupted code before the handler's lock.
 */
/* EXPECT none */
/* ALLOW incomplete */
#include "scenario.h"
#include <sys/time.h>

enum { COUNT = 2000 };

static pthread_mutex_t locks[COUNT];
static pthread_mutex_t handlers_own = PTHREAD_MUTEX_INITIALIZER;
static volatile sig_atomic_t ticks;

static void on_alarm(int signal_number)
{
	(void)signal_number;
	pthread_mutex_lock(&handlers_own);
	ticks++;
	pthread_mutex_unlock(&handlers_own);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_alarm};
	const struct itimerval interval = {{0, 100}, {0, 100}};
	const struct itimerval never = {{0, 0}, {0, 0}};

	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &interval, NULL) == 0);
	for (int i = 0; i + 1 < COUNT || ticks == 0; i = (i + 1) % COUNT) {
		pthread_mutex_lock(&locks[i]);
		pthread_mutex_unlock(&locks[i]);
	}
	CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
	CHECK(ticks > 0);
	return 0;
}
