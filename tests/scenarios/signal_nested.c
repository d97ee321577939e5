/*
 * A handler with SA_NODEFER that raises its own signal, ten deep, and takes a lock of each depth's
 * own: no lock is ever taken twice by a chain of handlers.
 */
/* EXPECT none */
/* ACQUISITIONS 10 */
#include "scenario.h"

enum { DEPTH = 10 };

static pthread_mutex_t locks[DEPTH];
static volatile int depth;

static void on_signal(int number)
{
	int own = depth++;

	if (depth < DEPTH)
		raise(number);
	pthread_mutex_trylock(&locks[own]);
	pthread_mutex_unlock(&locks[own]);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_NODEFER};

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(depth == DEPTH);
	return 0;
}
