/*
 * A thread that holds a lock is cancelled in a call that would block for ever, and gives the lock
 * back in a clean-up handler: each such call is still a cancellation point (POSIX), recorded or
 * not. The calls never came back, so how long they took says nothing.
 */
/* EXPECT none */
#include "scenario.h"
#include <poll.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int fds[2];

static void give_back(void *argument)
{
	pthread_mutex_unlock(argument);
}

static void *call(void *argument)
{
	const struct timespec long_time = {1000, 0};
	struct pollfd waiting = {.fd = fds[0], .events = POLLIN};
	sigset_t none;
	char byte;

	sigemptyset(&none);
	pthread_mutex_lock(&m);
	pthread_cleanup_push(give_back, &m);
	stage_reach((int)(intptr_t)argument);
	switch ((intptr_t)argument) {
	case 1:
		CHECK(read(fds[0], &byte, 1) == 1);
		break;
	case 2:
		nanosleep(&long_time, NULL);
		break;
	case 3:
		poll(&waiting, 1, -1);
		break;
	case 4:
		sigsuspend(&none);
		break;
	}
	pthread_cleanup_pop(1);
	return NULL;
}

int main(void)
{
	CHECK(pipe(fds) == 0);
	for (intptr_t kind = 1; kind <= 4; kind++) {
		pthread_t thread = start(call, (void *)kind);
		void *result;

		stage_await((int)kind);
		CHECK(pthread_cancel(thread) == 0);
		CHECK(pthread_join(thread, &result) == 0);
		CHECK(result == PTHREAD_CANCELED);
		CHECK(pthread_mutex_trylock(&m) == 0);
		CHECK(pthread_mutex_unlock(&m) == 0);
	}
	return 0;
}
