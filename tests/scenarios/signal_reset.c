/*
 * SA_RESETHAND: the handler is called once; then the signal has its default action again, which
 * ends the program.
 */
/* EXPECT none */
/* EXIT SIGUSR1 */
/* OUTPUT handled */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void on_signal(int number)
{
	struct sigaction now;

	CHECK(sigaction(number, NULL, &now) == 0);
	CHECK(now.sa_handler == SIG_DFL);
	CHECK(write(1, "handled\n", 8) == 8);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	raise(SIGUSR1);
	return 1;
}
