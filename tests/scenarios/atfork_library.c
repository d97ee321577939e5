/*
 * Fork handlers that a library registered before anybody else could: the last to run before the
 * fork and the first after it. They take a mutex that the program never used before, then again
 * with other threads at work. POSIX runs them in the thread that forks; nothing can wait here.
 */
/* EXPECT none */
/* PROCESSES 21 */
#include "scenario.h"

int library_there(void);

static bool stop;

static void *work(void *argument)
{
	while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
		pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;

		CHECK(library_there());
		pthread_mutex_lock(&fresh);
		pthread_mutex_unlock(&fresh);
		pthread_mutex_destroy(&fresh);
	}
	return argument;
}

static void fork_ten(void)
{
	for (int i = 0; i < 10; i++) {
		pid_t child = fork();

		if (child == 0)
			_exit(!library_there());
		CHECK(reap(child) == 0);
	}
}

int main(void)
{
	pthread_t thread;

	fork_ten();
	thread = start(work, NULL);
	fork_ten();
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	finish(thread);
	return 0;
}
