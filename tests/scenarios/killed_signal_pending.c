/*
 * Two wait for a condition. One signal lets one of them go, as in hang_one_signal.c; but a second
 * one is given to the other before the process is killed, which has no time left to come back. It
 * would have: nobody hangs. What keeps it is the handler of a signal, which ends the program as
 * soon as main sleeps.
 */
/* EXIT SIGKILL */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int jobs, handled, main_tid;
static int tids[2];
static int done[2];

static void handle(int number)
{
	(void)number;
	__atomic_store_n(&handled, 1, __ATOMIC_RELEASE);
	await_asleep(&main_tid);
	kill(getpid(), SIGKILL);
}

static void *worker(void *argument)
{
	int *tid = argument;

	pthread_mutex_lock(&m);
	tell_tid(tid);
	while (jobs == 0)
		pthread_cond_wait(&c, &m);
	jobs--;
	pthread_mutex_unlock(&m);
	__atomic_store_n(&done[tid - tids], 1, __ATOMIC_RELEASE);
	return NULL;
}

static void give(void)
{
	pthread_mutex_lock(&m);
	jobs = 1;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
}

static int is_done(int i)
{
	return __atomic_load_n(&done[i], __ATOMIC_ACQUIRE);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = handle};
	pthread_t threads[2];
	int left;

	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	for (int i = 0; i < 2; i++)
		threads[i] = start(worker, &tids[i]);
	for (int i = 0; i < 2; i++)
		await_asleep(&tids[i]);
	give();
	while (!is_done(0) && !is_done(1))
		nap(1);
	left = is_done(0);
	pthread_join(threads[!left], NULL);
	pthread_kill(threads[left], SIGSEGV);
	while (!__atomic_load_n(&handled, __ATOMIC_ACQUIRE))
		nap(1);
	give();
	tell_tid(&main_tid);
	pthread_join(threads[left], NULL);
	return 0;
}
