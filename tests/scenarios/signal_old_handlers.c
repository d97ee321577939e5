/*
 * Whatever a program asks about its handlers it is told as it installed them: through each of the
 * calls that install one, in every mixture, with flags and masks; for signals it never touched; and
 * for those that cannot be caught.
 */
/* EXPECT none */
#include "scenario.h"

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
sighandler_t bsd_signal(int number, sighandler_t handler);

enum { FLAGS = SA_SIGINFO | SA_RESTART | SA_NODEFER | (int)SA_RESETHAND | SA_ONSTACK };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int plain_calls, full_calls;

static void plain(int number)
{
	plain_calls += number == SIGUSR1;
}

static void full(int number, siginfo_t *info, void *context)
{
	full_calls += number == SIGUSR1 && info->si_pid == getpid() && context != NULL;
}

static void other(int number)
{
	(void)number;
}

static struct sigaction asked(int number)
{
	struct sigaction action;

	CHECK(sigaction(number, NULL, &action) == 0);
	return action;
}

static void ask_after_sigaction(void)
{
	struct sigaction action = {.sa_sigaction = full, .sa_flags = SA_SIGINFO | SA_RESTART}, old;

	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGINT);
	CHECK(sigaction(SIGUSR1, &action, &old) == 0);
	CHECK(old.sa_handler == SIG_DFL && old.sa_flags == 0);
	old = asked(SIGUSR1);
	CHECK(old.sa_sigaction == full);
	CHECK((old.sa_flags & FLAGS) == (SA_SIGINFO | SA_RESTART));
	CHECK(sigismember(&old.sa_mask, SIGINT) == 1 && sigismember(&old.sa_mask, SIGHUP) == 0);
	CHECK(raise(SIGUSR1) == 0 && full_calls == 1);
	action.sa_handler = plain;
	action.sa_flags = 0;
	CHECK(sigaction(SIGUSR1, &action, &old) == 0);
	CHECK(old.sa_sigaction == full && old.sa_flags & SA_SIGINFO);
	CHECK(raise(SIGUSR1) == 0 && plain_calls == 1 && full_calls == 1);
}

static void ask_each_call(void)
{
	CHECK(signal(SIGUSR1, other) == plain);
	CHECK(asked(SIGUSR1).sa_handler == other && asked(SIGUSR1).sa_flags & SA_RESTART);
	CHECK(ssignal(SIGUSR1, plain) == other);
	CHECK(bsd_signal(SIGUSR1, other) == plain);
	CHECK(sysv_signal(SIGUSR1, plain) == other);
	CHECK((asked(SIGUSR1).sa_flags & FLAGS) == ((int)SA_RESETHAND | SA_NODEFER));
	CHECK(raise(SIGUSR1) == 0 && plain_calls == 2);
	CHECK(asked(SIGUSR1).sa_handler == SIG_DFL);
	CHECK(__sysv_signal(SIGUSR1, other) == SIG_DFL);
	CHECK(sigset(SIGUSR1, plain) == other);
	CHECK(sigset(SIGUSR1, SIG_HOLD) == plain);
	CHECK(asked(SIGUSR1).sa_handler == plain);
	CHECK(raise(SIGUSR1) == 0 && plain_calls == 2);
	CHECK(sigset(SIGUSR1, other) == SIG_HOLD);
	CHECK(plain_calls == 2 && asked(SIGUSR1).sa_handler == other);
	CHECK(siginterrupt(SIGUSR1, 1) == 0);
	CHECK(asked(SIGUSR1).sa_handler == other && !(asked(SIGUSR1).sa_flags & SA_RESTART));
	CHECK(sigignore(SIGUSR1) == 0);
	CHECK(signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	CHECK(signal(SIGUSR1, plain) == SIG_DFL);
}

static void ask_the_impossible(void)
{
	const struct sigaction action = {.sa_handler = other};
	struct sigaction old = {.sa_handler = plain};

	CHECK(sigaction(SIGKILL, &action, &old) == -1 && errno == EINVAL);
	CHECK(old.sa_handler == plain);
	CHECK(sigaction(SIGKILL, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
	CHECK(sigaction(0, &action, NULL) == -1 && errno == EINVAL);
	CHECK(sigaction(-1, NULL, &old) == -1 && errno == EINVAL);
	CHECK(sigaction(12345, &action, NULL) == -1 && errno == EINVAL);
	CHECK(signal(SIGSTOP, other) == SIG_ERR && errno == EINVAL);
	CHECK(signal(65, other) == SIG_ERR && errno == EINVAL);
	CHECK(signal(SIGUSR1, SIG_ERR) == SIG_ERR && errno == EINVAL);
	CHECK(asked(SIGUSR1).sa_handler == plain);
	CHECK(asked(SIGHUP).sa_handler == SIG_DFL && asked(SIGRTMAX).sa_handler == SIG_DFL);
}

int main(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	ask_after_sigaction();
	ask_each_call();
	ask_the_impossible();
	return 0;
}
