/*
 * What a handler is told stays what the sender said, and the thread's mask stays its own, wherever
 * it is interrupted: also where a recorder must not be.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

enum { SIGNALS = 3000 };

static sem_t handled;
static volatile sig_atomic_t last, wrong;
static int over;

static void handle(int number, siginfo_t *info, void *context)
{
	const ucontext_t *interrupted = context;

	last = info->si_value.sival_int;
	if (number != SIGUSR1 || info->si_code != SI_QUEUE || info->si_pid != getpid() ||
	    sigismember(&interrupted->uc_sigmask, SIGUSR1))
		wrong++;
	sem_post(&handled);
}

static void *work(void *argument)
{
	pthread_mutex_t used = PTHREAD_MUTEX_INITIALIZER;
	sigset_t before, after;

	pthread_mutex_lock(&used);
	pthread_mutex_unlock(&used);

	CHECK(pthread_sigmask(SIG_SETMASK, NULL, &before) == 0);
	stage_reach(1);
	while (!__atomic_load_n(&over, __ATOMIC_ACQUIRE)) {
		pthread_mutex_t m;

		pthread_mutex_init(&m, NULL);
		pthread_mutex_destroy(&m);
	}
	CHECK(pthread_sigmask(SIG_SETMASK, NULL, &after) == 0);
	for (int number = 1; number < NSIG; number++)
		CHECK(sigismember(&before, number) == sigismember(&after, number));
	return argument;
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
	pthread_t worker;

	sem_init(&handled, 0, 0);
	sigaction(SIGUSR1, &action, NULL);
	worker = start(work, NULL);
	stage_await(1);
	for (int i = 1; i <= SIGNALS; i++) {
		CHECK(pthread_sigqueue(worker, SIGUSR1, (union sigval){.sival_int = i}) == 0);
		CHECK(sem_wait(&handled) == 0);
		CHECK(last == i && !wrong);
	}
	__atomic_store_n(&over, 1, __ATOMIC_RELEASE);
	finish(worker);
	return 0;
}
