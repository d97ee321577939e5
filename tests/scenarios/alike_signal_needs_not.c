/*
 * The near miss of alike_signal_needs.c: one of the threads, late, signals without outer.
 */
/* EXPECT none */
#include "signalling_threads.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static int told;

static void *run(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	running--;
	told++;
	pthread_cond_broadcast(&ended);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return argument;
}

static void *without(void *argument)
{
	pthread_mutex_lock(&m);
	running--;
	told++;
	pthread_cond_broadcast(&ended);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *waiter(void *argument)
{
	__atomic_store_n((int *)argument, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	while (told < 901)
		pthread_cond_wait(&ended, &m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return NULL;
}

int main(void)
{
	int waiting = 0;

	for (int i = 0; i < 900; i++) {
		run_detached(i == 800 ? without : run, NULL);
		await_running(0);
	}
	start(waiter, &waiting);
	while (!__atomic_load_n(&waiting, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiting);
	exit(0);
}
