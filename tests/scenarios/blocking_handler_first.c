/*
 * A signal handler is the first to call write, nanosleep and sigaction in this program, on a small
 * stack, in a thread that holds a lock.
 */
/* EXPECT none */
/* OUTPUT from the handler */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char room[16384];

static void on_signal(int number)
{
	static const char text[] = "from the handler\n";
	const struct timespec nothing = {0, 0};

	CHECK(write(1, text, sizeof(text) - 1) == sizeof(text) - 1);
	CHECK(nanosleep(&nothing, NULL) == 0);
	CHECK(signal(number, SIG_IGN) == on_signal);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
	const stack_t stack = {.ss_sp = room, .ss_size = sizeof(room)};

	CHECK(sigaltstack(&stack, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	return 0;
}
