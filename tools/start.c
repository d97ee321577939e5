#include "start.h"
#include "command.h"
#include "program.h"
#include "say.h"
#include "watch.h"
#include <errno.h>
#include <signal.h>
#include <string.h>

/* Says why the program cannot be started, and returns the exit code; 0 when it can. */
static int refuse(const struct program *program)
{
	static const int codes[] = {
		[PROGRAM_REFUSED] = EXIT_USAGE,
		[PROGRAM_NOT_FOUND] = EXIT_NOT_FOUND,
		[PROGRAM_NOT_EXECUTABLE] = EXIT_NOT_EXECUTABLE,
	};
	int code = codes[program->verdict];

	if (code)
		say("%s%s%s", program->why, program->instead ? "; " : "",
		    program->instead ? program->instead : "");
	return code;
}

bool start_program(struct settings *settings, const char *directory, bool temporary,
		   char **command_line, struct recording *recording, struct outcome *outcome,
		   struct watch **watch, int *exit_code)
{
	struct program program;
	struct launch how = {.arguments = command_line, .timeout = settings->timeout};
	bool started = false;

	program_inspect(&program, command_line[0]);
	*exit_code = refuse(&program);
	if (*exit_code)
		goto out;
	*exit_code = EXIT_TRACE;
	if (!recording_open(recording, directory, command_line[0], settings->recorder, temporary))
		goto out;
	if (watch)
		*watch = how.watch = watch_new(recording);
	how.path = program.path;
	how.preload = recording->preload;
	how.options = recording->options;
	started = launch(&how, outcome);
	if (started && outcome->exec_error) {
		say("'%s' cannot be executed: %s", program.path, strerror(outcome->exec_error));
		*exit_code = outcome->exec_error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
		started = false;
	}
	if (started) {
		/* A reader that went away, or a limit, must not cost the program's exit code. */
		signal(SIGPIPE, SIG_IGN);
		signal(SIGXFSZ, SIG_IGN);
		recording_finish(recording, outcome);
	} else {
		watch_free(how.watch);
		recording_close(recording);
	}
out:
	program_free(&program);
	return started;
}
