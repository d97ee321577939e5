#include "launch.h"
#include "command.h"
#include "say.h"
#include "watch.h"
#include "xalloc.h"
#include <errno.h>
#include <fcntl.h>
#include <gordian/options.h>
#include <math.h>
#include <paths.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Seconds between SIGTERM and SIGKILL; what is deadlocked has nothing to tidy up. */
static const double timeout_grace = 3, deadlock_grace = 0.25;
static const double others_grace = 1; /* for the others to be gone, after the program */
/* For the second of the two signals that `timeout` sends: to gordian, and to its group. */
static const double echo_grace = 0.02;

/*
 * All signals are passed on that would end gordian, so that none leaves the program behind, and
 * those by which some are told things although nothing happens by default. Gordian's own faults are
 * not kept off by it: the kernel ends a process that has blocked the signal of its fault.
 */
static bool is_passed_on(int signal)
{
	switch (signal) {
	case SIGCHLD:
	case SIGTSTP: /* gordian stops with its job */
	case SIGTTIN:
	case SIGTTOU:
	case SIGCONT: /* shells send it to the whole of a job */
		return false;
	default: /* SIGKILL and SIGSTOP cannot be had */
		return true;
	}
}

/* How signals stood before, for the program. */
struct signals {
	sigset_t mask;
	struct sigaction child;
	sigset_t waited; /* what the waiting loop takes */
};

/*
 * From here to the end of the wait, signals are taken with sigtimedwait. One that gordian was
 * started to ignore (nohup) is left alone, and so are those of the C library (sigaddset refuses).
 * SIGCHLD must not be ignored, or there would be no status to wait for; blocked, it then stays
 * pending although its default is to be ignored (Linux).
 */
static void signals_hold(struct signals *signals)
{
	struct sigaction standard = {.sa_handler = SIG_DFL};
	struct sigaction current;

	sigemptyset(&signals->waited);
	sigaddset(&signals->waited, SIGCHLD);
	for (int signal = 1; signal <= SIGRTMAX; signal++)
		if (is_passed_on(signal) && !sigaction(signal, NULL, &current) &&
		    current.sa_handler != SIG_IGN)
			sigaddset(&signals->waited, signal);
	sigaction(SIGCHLD, &standard, &signals->child);
	sigprocmask(SIG_BLOCK, &signals->waited, &signals->mask);
}

static void signals_restore(const struct signals *signals)
{
	sigaction(SIGCHLD, &signals->child, NULL);
	sigprocmask(SIG_SETMASK, &signals->mask, NULL);
}

/* As execvp does: a file that is neither ELF nor has "#!" goes to the shell. */
static void execute(const struct launch *launch)
{
	size_t count = 0;
	char **arguments;

	execv(launch->path, launch->arguments);
	if (errno != ENOEXEC)
		return;
	while (launch->arguments[count])
		count++;
	arguments = xcalloc(count + 2, sizeof(char *));
	arguments[0] = xstrdup(_PATH_BSHELL);
	arguments[1] = xstrdup(launch->path);
	for (size_t i = 1; i < count; i++)
		arguments[i + 1] = launch->arguments[i];
	execv(_PATH_BSHELL, arguments);
}

/*
 * AddressSanitizer's runtime ends a program when another library comes before it, which is harmless
 * here: the recorder passes on what it sees. A program that is started later may be such a one.
 */
static void allow_asan(void)
{
	const char *present = getenv("ASAN_OPTIONS");
	char *options;

	if (present && strstr(present, "verify_asan_link_order"))
		return;
	options = xasprintf("%s%sverify_asan_link_order=0", present ? present : "",
			    present && *present ? ":" : "");
	setenv("ASAN_OPTIONS", options, 1);
	free(options);
}

__attribute__((noreturn)) static void become(const struct launch *launch,
					     const struct signals *signals, int report)
{
	int error;

	if (launch->preload)
		setenv("LD_PRELOAD", launch->preload, 1);
	if (launch->preload)
		allow_asan();
	if (launch->options)
		setenv(GORDIAN_OPTIONS_VARIABLE, launch->options, 1);
	signals_restore(signals);
	execute(launch);
	error = errno;
	while (write(report, &error, sizeof(error)) < 0 && errno == EINTR)
		;
	_exit(EXIT_NOT_FOUND);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* The next signal, or 0 when `until` (0: never) has come. */
static int next_signal(const struct signals *signals, double until, siginfo_t *info)
{
	double left = until > 0 ? fmax(until - now(), 0) : 0;
	struct timespec limit = {(time_t)left, (long)((left - floor(left)) * 1e9)};
	int signal;

	do
		signal = sigtimedwait(&signals->waited, info, until > 0 ? &limit : NULL);
	while (signal < 0 && errno == EINTR && until <= 0);
	return signal < 0 ? 0 : signal;
}

/* When something is due, by now(); 0: never. */
struct due {
	double end, look;
};

static double next_due(const struct due *due)
{
	if (due->end > 0 && due->look > 0)
		return fmin(due->end, due->look);
	return due->end > 0 ? due->end : due->look;
}

static void look(const struct launch *launch, struct outcome *outcome, struct due *due)
{
	bool aborts = watch_action(launch->watch) == WATCH_ABORT;
	double next = 0;

	if (!watch_look(launch->watch, &next)) {
		due->look = now() + next;
		return;
	}
	outcome->deadlock = true;
	watch_signal(launch->watch, outcome->pid, aborts ? SIGABRT : SIGTERM);
	*due = (struct due){.end = now() + deadlock_grace};
}

/* To the program, and to the processes that it has started as far as they are recorded. */
static void signal_all(const struct launch *launch, const struct outcome *outcome, int signal)
{
	if (launch->watch)
		watch_signal(launch->watch, outcome->pid, signal);
	else
		kill(outcome->pid, signal);
}

static void end(const struct launch *launch, struct outcome *outcome, struct due *due)
{
	bool last = outcome->timed_out || outcome->deadlock;

	due->look = 0;
	due->end = last ? 0 : now() + timeout_grace;
	if (last) {
		signal_all(launch, outcome, SIGKILL);
		return;
	}
	outcome->timed_out = true;
	if (launch->watch)
		watch_keep(launch->watch);
	signal_all(launch, outcome, SIGTERM);
}

/*
 * What the kernel sends of itself is not passed on: a terminal's signals go to the program, too,
 * and the others are gordian's own. But for the alarm: a time limit that was set before gordian was
 * executed is meant for what it runs. False: it was not.
 */
static bool pass_on(pid_t pid, int signal, const siginfo_t *info)
{
	if (info->si_code > 0 && signal != SIGALRM)
		return false;
	if (info->si_code <= 0 && (info->si_pid == pid || info->si_pid == getpid()))
		return false;
	if (info->si_code == SI_QUEUE)
		sigqueue(pid, signal, info->si_value);
	else
		kill(pid, signal);
	return true;
}

/* What was sent until the program's end was meant for it, and is not to end the report. */
static void drop_signals(const struct signals *signals, bool passed_on)
{
	const double until = now() + (passed_on ? echo_grace : 0);
	siginfo_t info;

	while (next_signal(signals, until, &info))
		;
}

static void wait_for(const struct launch *launch, const struct signals *signals,
		     struct outcome *outcome)
{
	bool looks = launch->watch && watch_action(launch->watch) != WATCH_GO_ON;
	struct due due = {
		.end = launch->timeout > 0 ? now() + launch->timeout : 0,
		.look = looks ? now() : 0,
	};
	bool passed_on = false;

	for (;;) {
		pid_t pid = waitpid(outcome->pid, &outcome->status, WNOHANG);
		siginfo_t info;
		int signal;

		if (pid == outcome->pid || (pid < 0 && errno != EINTR))
			break;
		signal = next_signal(signals, next_due(&due), &info);
		if (!signal && due.end > 0 && now() >= due.end)
			end(launch, outcome, &due);
		else if (!signal && due.look > 0 && now() >= due.look)
			look(launch, outcome, &due);
		else if (signal && signal != SIGCHLD)
			passed_on |= pass_on(outcome->pid, signal, &info);
	}
	drop_signals(signals, passed_on);
}

/* The processes that a program has left behind which was ended. */
static void end_others(const struct launch *launch, const struct outcome *outcome)
{
	const struct timespec while_ending = {0, 10000000};
	bool ended = outcome->deadlock || (outcome->timed_out && launch->watch);
	double begun = now();

	/* They have had SIGTERM with the program. */
	while (ended && now() < begun + others_grace &&
	       watch_signal(launch->watch, 0, now() < begun + deadlock_grace ? 0 : SIGKILL))
		nanosleep(&while_ending, NULL);
}

bool launch(const struct launch *launch, struct outcome *outcome)
{
	struct signals signals;
	int report[2];

	*outcome = (struct outcome){.pid = 0};
	if (pipe2(report, O_CLOEXEC)) {
		say("cannot make a pipe: %s", strerror(errno));
		return false;
	}
	signals_hold(&signals);
	outcome->pid = fork();
	if (!outcome->pid)
		become(launch, &signals, report[1]);
	close(report[1]);
	if (outcome->pid > 0) {
		ssize_t length;

		do
			length = read(report[0], &outcome->exec_error, sizeof(int));
		while (length < 0 && errno == EINTR);
		wait_for(launch, &signals, outcome);
		end_others(launch, outcome);
	} else {
		say("cannot make a process: %s", strerror(errno));
	}
	close(report[0]);
	signals_restore(&signals);
	return outcome->pid > 0;
}

int outcome_code(const struct outcome *outcome)
{
	if (WIFSIGNALED(outcome->status))
		return EXIT_SIGNAL + WTERMSIG(outcome->status);
	return WEXITSTATUS(outcome->status);
}
