/*
 * The near miss of wait_holding_posted.c: the post is a signal handler's, which is called while the
 * worker waits for the lock, too.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>
#include <sys/time.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static sem_t tick;

static void handler(int number)
{
	(void)number;
	sem_post(&tick);
}

static void let_in(int how)
{
	sigset_t alarm;

	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	pthread_sigmask(how, &alarm, NULL);
}

static void *worker(void *argument)
{
	let_in(SIG_UNBLOCK);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	const struct itimerval once = {.it_value.tv_usec = 1000};
	pthread_t thread;

	sem_init(&tick, 0, 0);
	let_in(SIG_BLOCK);
	signal(SIGALRM, handler);
	thread = start(worker, NULL);
	stage_await(1);
	setitimer(ITIMER_REAL, &once, NULL);
	pthread_mutex_lock(&a);
	while (sem_wait(&tick) != 0)
		continue;
	pthread_mutex_unlock(&a);
	stage_reach(2);
	finish(thread);
	return 0;
}
