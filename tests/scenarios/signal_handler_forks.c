/*
 * A handler forks; the child goes on in the handler and becomes another program, the parent waits
 * for it there. Handlers are reset by exec, ignored signals stay ignored (POSIX).
 */
/* EXPECT none */
/* PROCESSES >=2 */
/* OUTPUT default ignored */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char *program;
static volatile int status = -1;

static const char *action_name(int number)
{
	struct sigaction action;

	CHECK(sigaction(number, NULL, &action) == 0);
	return action.sa_handler == SIG_DFL   ? "default"
	       : action.sa_handler == SIG_IGN ? "ignored"
					      : "handled";
}

static void on_signal(int number)
{
	pid_t child = fork();

	(void)number;
	if (child == 0) {
		execl(program, program, "again", (char *)NULL);
		_exit(98);
	}
	status = reap(child);
}

int main(int count, char **arguments)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	if (count > 1) {
		printf("%s %s\n", action_name(SIGUSR1), action_name(SIGUSR2));
		return 7;
	}
	program = arguments[0];
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(signal(SIGUSR2, SIG_IGN) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(status == 7);
	return 0;
}
