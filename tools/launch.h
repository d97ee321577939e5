/*
 * Starts the program and waits for it. The program gets what gordian itself got: descriptors,
 * signal dispositions and mask, process group, terminal, limits. Its environment differs in
 * LD_PRELOAD and GORDIAN_OPTIONS only.
 *
 * While it runs, what the terminal sends goes to both and is the program's business; signals that
 * somebody sends to gordian alone are passed on to it.
 */
#ifndef GORDIAN_LAUNCH_H
#define GORDIAN_LAUNCH_H

#include <stdbool.h>
#include <sys/types.h>

struct watch;

struct launch {
	const char *path;    /* the file to execute */
	char **arguments;    /* NULL-terminated; arguments[0] is the name as given */
	const char *preload; /* LD_PRELOAD and GORDIAN_OPTIONS; NULL: left as they are */
	const char *options;
	double timeout;	     /* seconds; 0: none */
	struct watch *watch; /* who looks for deadlocks; NULL: nobody */
};

struct outcome {
	pid_t pid;	/* 0: there is no process */
	int exec_error; /* errno when it could not be executed; 0: it ran */
	int status;	/* as of waitpid */
	bool timed_out; /* the timeout ended it */
	bool deadlock;	/* it was ended because of a deadlock */
};

/* False: not even a process could be made; it has been said. */
bool launch(const struct launch *launch, struct outcome *outcome);

/* The exit code that stands for this outcome: the program's own, or 128 + signal. */
int outcome_code(const struct outcome *outcome);

#endif
