/*
 * SA_RESETHAND: each signal is sent when the handler has installed itself again for it, so none of
 * them has the default action, wherever in the program's calls it arrives.
 */
/* EXPECT none */
#include "scenario.h"

#include <sched.h>
#include <stdatomic.h>

enum { SIGNALS = 600 };

static atomic_int handled;
static pthread_t locking;

static void on_signal(int number)
{
	const struct sigaction again = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	struct sigaction now;

	CHECK(sigaction(number, &again, &now) == 0);
	CHECK(now.sa_handler == SIG_DFL);
	atomic_fetch_add(&handled, 1);
}

static void *send(void *unused)
{
	for (int i = 0; i < SIGNALS; i++) {
		CHECK(pthread_kill(locking, SIGUSR1) == 0);
		while (atomic_load(&handled) == i)
			sched_yield();
	}
	return unused;
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	pthread_t sender;

	locking = pthread_self();
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	sender = start(send, NULL);
	while (atomic_load(&handled) < SIGNALS) {
		pthread_mutex_t m;

		CHECK(pthread_mutex_init(&m, NULL) == 0);
		CHECK(pthread_mutex_lock(&m) == 0);
		CHECK(pthread_mutex_unlock(&m) == 0);
		CHECK(pthread_mutex_destroy(&m) == 0);
	}
	CHECK(pthread_join(sender, NULL) == 0);
	return 0;
}
