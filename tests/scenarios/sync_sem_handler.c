/*
 * A timer's signal comes to the worker, whose handler posts what the parent waits for: that may be
 * before the worker takes a, b, which it did before only by chance.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

#include <semaphore.h>
#include <sys/time.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
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
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
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
	while (sem_wait(&tick) != 0)
		continue;
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	finish(thread);
	return 0;
}
