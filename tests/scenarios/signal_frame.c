/*
 * What a handler finds around it: on x86-64 its return address lies right below the context that it
 * is given, and its caller is the way back to the kernel. Unwinders and collectors rely on it. The
 * depth of its backtrace is the same too.
 */
/* EXPECT none */
/* OUTPUT nothing in between */
#include "scenario.h"
#include <execinfo.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile bool direct;
static volatile int depth;

static void on_signal(int number, siginfo_t *info, void *context)
{
	void *frames[64];

	(void)number;
	(void)info;
#if defined(__x86_64__)
	direct = __builtin_dwarf_cfa() == context;
#else
	direct = context != NULL;
#endif
	depth = backtrace(frames, 64);
}

int main(void)
{
	const struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
	void *frames[64];

	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(backtrace(frames, 64) > 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	puts(direct ? "nothing in between" : "something in between");
	printf("%d frames\n", depth);
	return 0;
}
