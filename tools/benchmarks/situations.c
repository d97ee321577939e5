/*
 * Usage: situations ROUNDS. Two threads take locks in ten distinct situations, over and over: the
 * trace shall not grow with the rounds.
 */
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

enum { LOCKS = 5 };

static pthread_mutex_t locks[LOCKS] = {
	[0 ... LOCKS - 1] = PTHREAD_MUTEX_INITIALIZER,
};
static unsigned long rounds = 1;

/* One lock inside the other; each lock of each thread is one situation. */
static void *take_all(void *unused)
{
	for (unsigned long i = 0; i < rounds; i++) {
		for (int at = 0; at < LOCKS; at++)
			pthread_mutex_lock(&locks[at]);
		for (int at = LOCKS - 1; at >= 0; at--)
			pthread_mutex_unlock(&locks[at]);
	}
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		rounds = strtoul(argv[1], NULL, 10);
	if (pthread_create(&thread, NULL, take_all, NULL))
		return 1;
	take_all(NULL);
	pthread_join(thread, NULL);
	return 0;
}
