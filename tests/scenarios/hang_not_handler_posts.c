/*
 * Every thread waits, in sem_wait and in a join, for longer than hang_timeout. But there is a
 * handler for the alarm, which posts the semaphore: sem_post is safe in a handler (POSIX, 2.4.3).
 */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>
#include <sys/time.h>

static sem_t go;

static void on_alarm(int number)
{
	(void)number;
	sem_post(&go);
}

static void *worker(void *argument)
{
	while (sem_wait(&go) != 0)
		CHECK(errno == EINTR);
	return argument;
}

int main(void)
{
	const struct itimerval once = {{0, 0}, {3, 500000}};

	take_a_lock();
	CHECK(sem_init(&go, 0, 0) == 0);
	CHECK(signal(SIGALRM, on_alarm) == SIG_DFL);
	CHECK(setitimer(ITIMER_REAL, &once, NULL) == 0);
	finish(start(worker, NULL));
	return 0;
}
