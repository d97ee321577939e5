/*
 * A signal handler posts a semaphore that starts at 0 (POSIX: sem_post is async-signal-safe), while
 * the thread it interrupts does nothing but lock and unlock.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

enum { SIGNALS = 50 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile sig_atomic_t handled;

static void handle(int number)
{
	(void)number;
	handled++;
	sem_post(&s);
}

static void *busy(void *argument)
{
	stage_reach(1);
	while (handled < SIGNALS) {
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
	}
	return argument;
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle};
	pthread_t thread;

	sem_init(&s, 0, 0);
	sigaction(SIGUSR1, &action, NULL);
	thread = start(busy, NULL);
	stage_await(1);
	for (int i = 0; i < SIGNALS; i++) {
		pthread_kill(thread, SIGUSR1);
		CHECK(sem_wait(&s) == 0);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
	}
	finish(thread);
	return 0;
}
