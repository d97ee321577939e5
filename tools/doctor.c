/* gordian doctor: can this program be recorded on this machine? */
#include "command.h"
#include "install.h"
#include "program.h"
#include "say.h"
#include "xalloc.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

enum state { STATE_GOOD, STATE_LIMITED, STATE_BAD };

/* How a line begins, and its colour. */
static const struct {
	const char *word;
	const char *colour;
} states[] = {
	[STATE_GOOD] = {"ok", "\033[32m"},
	[STATE_LIMITED] = {"limited", "\033[33m"},
	[STATE_BAD] = {"no", "\033[31m"},
};

/* Prints one line of the examination; frees the text. */
static void line(const struct settings *settings, enum state state, char *text, const char *instead)
{
	bool colour = settings_colour(settings, stdout);

	printf("%s%-8s%s%s%s%s\n", colour ? states[state].colour : "", states[state].word,
	       colour ? "\033[0m" : "", text, instead ? "; " : "", instead ? instead : "");
	free(text);
}

static enum state check_recorder(const struct settings *settings)
{
	char *expected;
	char *library = install_recorder(&expected);
	enum state state = STATE_BAD;

	if (!library)
		line(settings, state, xasprintf("the recorder '%s' is missing", expected),
		     "build or install gordian again");
	else if (strpbrk(library, " \t\n:"))
		line(settings, state,
		     xasprintf("the recorder '%s' has a space or a colon in its path, which "
			       "LD_PRELOAD cannot express",
			       library),
		     "move it");
	else
		line(settings, state = STATE_GOOD, xasprintf("the recorder is %s", library), NULL);
	free(expected);
	free(library);
	return state;
}

static enum state check_unwinder(const struct settings *settings)
{
	void *library = dlopen("libunwind.so.8", RTLD_LAZY | RTLD_LOCAL);

	if (!library) {
		line(settings, STATE_LIMITED,
		     xstrdup("libunwind.so.8 is missing: call stacks will have one frame"),
		     "install libunwind8");
		return STATE_LIMITED;
	}
	dlclose(library);
	line(settings, STATE_GOOD, xstrdup("libunwind.so.8 is there for call stacks"), NULL);
	return STATE_GOOD;
}

static enum state check_directory(const struct settings *settings)
{
	const char *directory = getenv("TMPDIR");
	char *path;
	struct statvfs system;
	int fd;

	if (!directory || !*directory)
		directory = "/tmp";
	path = xasprintf("%s/gordian-XXXXXX", directory);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0) {
		line(settings, STATE_BAD,
		     xasprintf("traces cannot be written into %s: %s", directory, strerror(errno)),
		     "set TMPDIR, or use --keep DIR");
		free(path);
		return STATE_BAD;
	}
	unlink(path);
	free(path);
	if (!fstatvfs(fd, &system) && system.f_bavail * system.f_frsize < 16 << 20) {
		line(settings, STATE_LIMITED,
		     xasprintf("less than 16 MiB are free in %s: traces may not fit", directory),
		     "set TMPDIR, or use --keep DIR");
		close(fd);
		return STATE_LIMITED;
	}
	close(fd);
	line(settings, STATE_GOOD, xasprintf("traces can be written into %s", directory), NULL);
	return STATE_GOOD;
}

/* MADV_POPULATE_WRITE came with 5.14; before, the recorder allocates through a descriptor. */
static enum state check_kernel(const struct settings *settings)
{
	struct utsname name;
	unsigned major = 0;
	unsigned minor = 0;

	uname(&name);
	if (sscanf(name.release, "%u.%u", &major, &minor) == 2 &&
	    (major > 5 || (major == 5 && minor >= 14))) {
		line(settings, STATE_GOOD, xasprintf("the kernel is Linux %s", name.release), NULL);
		return STATE_GOOD;
	}
	line(settings, STATE_LIMITED,
	     xasprintf("the kernel is Linux %s; before 5.14, traces grow more slowly",
		       name.release),
	     NULL);
	return STATE_LIMITED;
}

static enum state check_program(const struct settings *settings, const char *name)
{
	static const enum state of_verdict[] = {
		[PROGRAM_RECORDABLE] = STATE_GOOD,    [PROGRAM_LIMITED] = STATE_LIMITED,
		[PROGRAM_REFUSED] = STATE_BAD,	      [PROGRAM_NOT_FOUND] = STATE_BAD,
		[PROGRAM_NOT_EXECUTABLE] = STATE_BAD,
	};
	struct program program;
	enum state state;

	program_inspect(&program, name);
	state = of_verdict[program.verdict];
	line(settings, state,
	     program.why ? xstrdup(program.why) : xasprintf("'%s' can be recorded", program.path),
	     program.instead);
	program_free(&program);
	return state;
}

static int doctor(struct settings *settings, int count, char **operands)
{
	static enum state (*const checks[])(const struct settings *) = {
		check_recorder,
		check_unwinder,
		check_directory,
		check_kernel,
	};
	bool good = true;

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		good = checks[i](settings) != STATE_BAD && good;
	for (int i = 0; i < count; i++)
		good = check_program(settings, operands[i]) != STATE_BAD && good;
	return good ? 0 : EXIT_GATE;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "[PROG...]",
	.summary = "can PROG be recorded here, and what to do if it cannot",
	.help = "Examines this machine, and each PROG. A line begins with 'ok', with 'limited' "
		"when\n"
		"something will not be seen, or with 'no'. The exit code is 1 if any begins with\n"
		"'no', else 0.\n",
	.run = doctor,
};
