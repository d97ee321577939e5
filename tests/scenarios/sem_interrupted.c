/*
 * A wait that a signal handler interrupts fails with EINTR and takes nothing (POSIX sem_wait).
 * The handler was installed without SA_RESTART. What follows is done without the semaphore.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int interrupted;

static void handle(int number)
{
	(void)number;
}

static void *waiter(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&s) == -1 && errno == EINTR);
	__atomic_store_n(&interrupted, 1, __ATOMIC_RELEASE);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *holder(void *argument)
{
	pthread_t waiting = *(pthread_t *)argument;

	CHECK(sem_wait(&s) == 0);
	stage_reach(1);
	while (!__atomic_load_n(&interrupted, __ATOMIC_ACQUIRE)) {
		pthread_kill(waiting, SIGUSR1);
		usleep(1000);
	}
	sem_post(&s);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0);
	sem_post(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle};
	pthread_t waiting;

	sem_init(&s, 0, 1);
	sigaction(SIGUSR1, &action, NULL);
	waiting = start(waiter, NULL);
	finish(start(holder, &waiting));
	finish(waiting);
	return 0;
}
