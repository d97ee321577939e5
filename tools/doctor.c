/* gordian doctor: can this program be recorded on this machine? */
#include "command.h"
#include "install.h"
#include "json_values.h"
#include "outputs.h"
#include "program.h"
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

/* One line of what was found out. */
struct result {
	enum state state;
	const char *subject;
	const char *program; /* that it is about; NULL: the machine */
	char *text;
	char *instead; /* what to do instead; NULL: nothing */
};

struct examination {
	struct result *results;
	size_t count;
};

/* Adds one line; takes the text. */
static void line(struct examination *examination, const char *subject, enum state state, char *text,
		 const char *instead)
{
	struct result *result;

	examination->results = xreallocarray(examination->results, examination->count + 1,
					     sizeof(*examination->results));
	result = &examination->results[examination->count++];
	*result = (struct result){state, subject, NULL, text, instead ? xstrdup(instead) : NULL};
}

static void examination_free(struct examination *examination)
{
	for (size_t i = 0; i < examination->count; i++) {
		free(examination->results[i].text);
		free(examination->results[i].instead);
	}
	free(examination->results);
}

static bool is_good(const struct examination *examination)
{
	for (size_t i = 0; i < examination->count; i++)
		if (examination->results[i].state == STATE_BAD)
			return false;
	return true;
}

static bool print_text(void *context, const struct settings *settings, FILE *stream)
{
	const struct examination *examination = context;
	bool colour = settings_colour(settings, stream);

	for (size_t i = 0; i < examination->count; i++) {
		const struct result *result = &examination->results[i];

		if (settings->quiet && result->state == STATE_GOOD)
			continue;
		fprintf(stream, "%s%-8s%s%s%s%s\n", colour ? states[result->state].colour : "",
			states[result->state].word, colour ? "\033[0m" : "", result->text,
			result->instead ? "; " : "", result->instead ? result->instead : "");
	}
	return !ferror(stream);
}

static json_t *print_json(void *context)
{
	const struct examination *examination = context;
	json_t *value = json_object(), *list = json_array();

	for (size_t i = 0; i < examination->count; i++) {
		const struct result *result = &examination->results[i];
		json_t *item = json_object();

		json_object_set_new(item, "subject", value_text(result->subject));
		json_object_set_new(item, "program", value_text(result->program));
		json_object_set_new(item, "state", json_string(states[result->state].word));
		json_object_set_new(item, "message", value_text(result->text));
		json_object_set_new(item, "instead", value_text(result->instead));
		json_array_append_new(list, item);
	}
	json_object_set_new(value, "schema", json_string("gordian-doctor/1"));
	json_object_set_new(value, "recordable", json_boolean(is_good(examination)));
	json_object_set_new(value, "checks", list);
	return value;
}

static const struct printing printing = {print_text, print_json};

static void check_recorder(struct examination *examination)
{
	char *expected;
	char *library = install_recorder(&expected);

	if (!library)
		line(examination, "recorder", STATE_BAD,
		     xasprintf("the recorder '%s' is missing", expected),
		     "build or install gordian again");
	else if (strpbrk(library, " \t\n:"))
		line(examination, "recorder", STATE_BAD,
		     xasprintf("the recorder '%s' has a space or a colon in its path, which "
			       "LD_PRELOAD cannot express",
			       library),
		     "move it");
	else
		line(examination, "recorder", STATE_GOOD, xasprintf("the recorder is %s", library),
		     NULL);
	free(expected);
	free(library);
}

static void check_unwinder(struct examination *examination)
{
	void *library = dlopen("libunwind.so.8", RTLD_LAZY | RTLD_LOCAL);

	if (!library) {
		line(examination, "unwinder", STATE_LIMITED,
		     xstrdup("libunwind.so.8 is missing: call stacks will have one frame"),
		     "install libunwind8");
		return;
	}
	dlclose(library);
	line(examination, "unwinder", STATE_GOOD,
	     xstrdup("libunwind.so.8 is there for call stacks"), NULL);
}

static void check_directory(struct examination *examination)
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
		line(examination, "directory", STATE_BAD,
		     xasprintf("traces cannot be written into %s: %s", directory, strerror(errno)),
		     "set TMPDIR, or use --keep DIR");
		free(path);
		return;
	}
	unlink(path);
	free(path);
	if (!fstatvfs(fd, &system) && system.f_bavail * system.f_frsize < 16 << 20) {
		line(examination, "directory", STATE_LIMITED,
		     xasprintf("less than 16 MiB are free in %s: traces may not fit", directory),
		     "set TMPDIR, or use --keep DIR");
		close(fd);
		return;
	}
	close(fd);
	line(examination, "directory", STATE_GOOD,
	     xasprintf("traces can be written into %s", directory), NULL);
}

/* MADV_POPULATE_WRITE came with 5.14; before, the recorder allocates through a descriptor. */
static void check_kernel(struct examination *examination)
{
	struct utsname name;
	unsigned major = 0;
	unsigned minor = 0;

	uname(&name);
	if (sscanf(name.release, "%u.%u", &major, &minor) == 2 &&
	    (major > 5 || (major == 5 && minor >= 14))) {
		line(examination, "kernel", STATE_GOOD,
		     xasprintf("the kernel is Linux %s", name.release), NULL);
		return;
	}
	line(examination, "kernel", STATE_LIMITED,
	     xasprintf("the kernel is Linux %s; before 5.14, traces grow more slowly",
		       name.release),
	     NULL);
}

static void check_program(struct examination *examination, const char *name)
{
	static const enum state of_verdict[] = {
		[PROGRAM_RECORDABLE] = STATE_GOOD,    [PROGRAM_LIMITED] = STATE_LIMITED,
		[PROGRAM_REFUSED] = STATE_BAD,	      [PROGRAM_NOT_FOUND] = STATE_BAD,
		[PROGRAM_NOT_EXECUTABLE] = STATE_BAD,
	};
	struct program program;

	program_inspect(&program, name);
	line(examination, "program", of_verdict[program.verdict],
	     program.why ? xstrdup(program.why) : xasprintf("'%s' can be recorded", program.path),
	     program.instead);
	examination->results[examination->count - 1].program = name;
	program_free(&program);
}

static int doctor(struct settings *settings, int count, char **operands)
{
	struct examination examination = {.count = 0};
	int code;

	if (!printing_open(&printing, settings))
		return EXIT_USAGE;
	check_recorder(&examination);
	check_unwinder(&examination);
	check_directory(&examination);
	check_kernel(&examination);
	for (int i = 0; i < count; i++)
		check_program(&examination, operands[i]);
	code = is_good(&examination) ? 0 : EXIT_GATE;
	if (!printing_write(&printing, settings, &examination))
		code = EXIT_TRACE;
	examination_free(&examination);
	return code;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "[PROG...]",
	.summary = "can PROG be recorded here, and what to do if it cannot",
	.help = "Examines this machine, and each PROG. A line begins with 'ok', with 'limited' "
		"when\n"
		"something will not be seen, or with 'no'. The exit code is 1 if any begins with\n"
		"'no', else 0. --quiet leaves out the lines that begin with 'ok'. --format json "
		"prints\n"
		"an object (schema gordian-doctor/1).\n",
	.groups = OPTIONS_OUTPUT,
	.run = doctor,
};
