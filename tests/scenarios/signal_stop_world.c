/*
 * Threads that begin and end locks are stopped where they are, by a handler that waits until it is
 * told to go on (sem_post and sigsuspend are async-signal-safe), as a garbage collector does it.
 * Nobody is stopped while he holds a lock: mutexes are only initialised and destroyed there. So
 * whoever stopped them may lock what he likes meanwhile. The handler is installed when they are in
 * the middle of it: what a recorder does in their names must not be stopped half-way, either.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

enum { WORKERS = 2, STOPS = 40 };

static sem_t stopped;
static volatile sig_atomic_t resumed; /* how often */
static int over;

static void stop(int number)
{
	const sig_atomic_t before = resumed;
	sigset_t all_but_resume;

	(void)number;
	sigfillset(&all_but_resume);
	sigdelset(&all_but_resume, SIGUSR2);
	sem_post(&stopped);
	while (resumed == before)
		sigsuspend(&all_but_resume);
}

static void resume(int number)
{
	(void)number;
}

static void *work(void *argument)
{
	stage_advance();
	while (!__atomic_load_n(&over, __ATOMIC_ACQUIRE)) {
		pthread_mutex_t m;

		pthread_mutex_init(&m, NULL);
		pthread_mutex_destroy(&m);
	}
	return argument;
}

static void collect(const pthread_t *workers)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	for (int i = 0; i < WORKERS; i++)
		pthread_kill(workers[i], SIGUSR1);
	for (int i = 0; i < WORKERS; i++)
		CHECK(sem_wait(&stopped) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_destroy(&m);
	resumed++;
	for (int i = 0; i < WORKERS; i++)
		pthread_kill(workers[i], SIGUSR2);
}

int main(void)
{
	struct sigaction action = {.sa_handler = resume};
	pthread_t workers[WORKERS];

	sem_init(&stopped, 0, 0);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	stage_await(WORKERS);
	sigfillset(&action.sa_mask);
	sigdelset(&action.sa_mask, SIGUSR1);
	sigaction(SIGUSR2, &action, NULL);
	sigfillset(&action.sa_mask);
	action.sa_handler = stop;
	sigaction(SIGUSR1, &action, NULL);
	for (int i = 0; i < STOPS; i++)
		collect(workers);
	__atomic_store_n(&over, 1, __ATOMIC_RELEASE);
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
