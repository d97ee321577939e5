/*
 * The main thread is in pause for longer than hang_timeout, with a handler for the alarm that it
 * has set; a worker waits for its post.
 */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>
#include <sys/time.h>

static sem_t go;
static volatile sig_atomic_t rang;

static void on_alarm(int number)
{
	(void)number;
	rang = 1;
}

static void *worker(void *argument)
{
	while (sem_wait(&go) != 0)
		;
	return argument;
}

int main(void)
{
	const struct itimerval once = {{0, 0}, {3, 500000}};
	sigset_t alarm_only;
	pthread_t thread;

	take_a_lock();
	CHECK(sem_init(&go, 0, 0) == 0);
	CHECK(signal(SIGALRM, on_alarm) == SIG_DFL);
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	CHECK(pthread_sigmask(SIG_BLOCK, &alarm_only, NULL) == 0);
	thread = start(worker, NULL);
	CHECK(pthread_sigmask(SIG_UNBLOCK, &alarm_only, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	while (!rang)
		pause();
	CHECK(sem_post(&go) == 0);
	finish(thread);
	return 0;
}
