/*
 * The handler runs on an alternate stack: which stack it is on makes no difference to what it waits
 * for.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	const struct sigaction action = {
		.sa_sigaction = on_signal,
		.sa_flags = SA_SIGINFO | SA_ONSTACK,
	};
	const size_t size = (size_t)sysconf(_SC_SIGSTKSZ);
	const stack_t stack = {.ss_sp = malloc(size), .ss_size = size};

	CHECK(sigaltstack(&stack, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	CHECK(count == 2);
	return 0;
}
