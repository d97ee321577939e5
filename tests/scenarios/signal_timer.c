/*
 * A timer interrupts two threads thousands of times while they lock and unlock. The handler takes
 * no lock and counts. No acquisition is lost or counted twice.
 */
/* EXPECT none */
/* ACQUISITIONS 800000 */
/* THREADS 3 */
#include "scenario.h"
#include <sys/time.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

enum { ROUNDS = 200000 };

static volatile sig_atomic_t ticks;

static void on_alarm(int signal_number)
{
	(void)signal_number;
	ticks++;
}

static void *work(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
	}
	return argument;
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_alarm};
	const struct itimerval interval = {{0, 200}, {0, 200}};
	const struct itimerval never = {{0, 0}, {0, 0}};

	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &interval, NULL) == 0);
	run_two(work, work);
	CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
	CHECK(ticks > 0);
	return 0;
}
