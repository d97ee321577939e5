/*
 * Who signals the condition are detached threads, all alike, which take outer first; more of them
 * than are told apart. The waiter has outer while it waits: nobody comes so far.
 */
/* EXPECT wait-holding potential hold wait signal */
#include "signalling_threads.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static int told;

static void *run(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	running--;
	told++;
	pthread_cond_broadcast(&ended); /* @signal */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return argument;
}

static void *waiter(void *argument)
{
	__atomic_store_n((int *)argument, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&outer); /* @hold */
	pthread_mutex_lock(&m);
	while (told < 901)
		pthread_cond_wait(&ended, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return NULL;
}

int main(void)
{
	int waiting = 0;

	for (int i = 0; i < 900; i++) {
		run_detached(run, NULL);
		await_running(0);
	}
	start(waiter, &waiting);
	while (!__atomic_load_n(&waiting, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiting);
	exit(0);
}
