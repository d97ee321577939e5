#include "recording.h"
#include "environment.h"
#include "install.h"
#include "say.h"
#include "trace_file.h"
#include "xalloc.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gordian/trace_format.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PROBE_BYTES = 64 << 10, /* a trace that cannot get this much cannot begin */
	MAX_NUMBER = 100000,
};

/* Everybody may write his own: the program may give up root before its traces are made. */
static void open_to_all(const char *directory)
{
	if (!geteuid())
		chmod(directory, 01777);
}

static void trouble(struct recording *recording, const char *directory, int error)
{
	recording->trouble = xasprintf("the trace directory '%s' cannot be used: %s", directory,
				       strerror(error));
}

static void make_temporary(struct recording *recording)
{
	const char *parent = getenv("TMPDIR");
	char *path;

	if (!parent || !*parent || strchr(parent, ':'))
		parent = "/tmp";
	path = xasprintf("%s/gordian-XXXXXX", parent);
	recording->temporary = mkdtemp(path) != NULL;
	if (recording->temporary) {
		open_to_all(path);
		recording->directory = realpath(path, NULL);
	} else {
		trouble(recording, parent, errno);
	}
	free(path);
}

/* PROG.traces-1, PROG.traces-2, … in the current directory. */
static void make_numbered(struct recording *recording, const char *program)
{
	const char *slash = strrchr(program, '/');

	for (unsigned number = 1; number < MAX_NUMBER; number++) {
		char *path = xasprintf("%s.traces-%u", slash ? slash + 1 : program, number);
		bool made = !mkdir(path, 0777);

		if (made) {
			open_to_all(path);
			recording->directory = realpath(path, NULL);
		} else if (errno != EEXIST) {
			trouble(recording, path, errno);
		}
		free(path);
		if (made || recording->trouble)
			return;
	}
}

static void use_given(struct recording *recording, const char *directory)
{
	struct stat status;

	if (!mkdir(directory, 0777))
		open_to_all(directory);
	else if (errno != EEXIST)
		trouble(recording, directory, errno);
	if (recording->trouble)
		return;
	if (stat(directory, &status))
		trouble(recording, directory, errno);
	else if (!S_ISDIR(status.st_mode))
		trouble(recording, directory, ENOTDIR);
	else
		recording->directory = realpath(directory, NULL);
}

/* GORDIAN_OPTIONS cannot express such a path. */
static void refuse_colon(struct recording *recording)
{
	if (!recording->directory || !strchr(recording->directory, ':'))
		return;
	recording->trouble = xasprintf("the trace directory '%s' cannot be used: it has a colon in "
				       "its path",
				       recording->directory);
	if (recording->temporary)
		rmdir(recording->directory);
	free(recording->directory);
	recording->directory = NULL;
}

static int is_trace(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);
	size_t suffix = strlen(TRACE_SUFFIX);

	return length > suffix && !strcmp(entry->d_name + length - suffix, TRACE_SUFFIX);
}

/* Sorted names of the traces in a directory. */
static size_t list_traces(const char *directory, char ***names)
{
	struct dirent **entries = NULL;
	int count = directory ? scandir(directory, &entries, is_trace, alphasort) : 0;

	*names = NULL;
	if (count <= 0)
		return 0;
	*names = xcalloc(count, sizeof(char *));
	for (int i = 0; i < count; i++) {
		(*names)[i] = xstrdup(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return count;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The loader splits LD_PRELOAD at spaces and colons and has no way to quote them. */
static bool prepare_preload(struct recording *recording)
{
	char *expected;
	char *library = install_recorder(&expected);
	const char *present = getenv("LD_PRELOAD");

	if (!library)
		say("the recorder '%s' is missing: build or install gordian again", expected);
	else if (strpbrk(library, " \t\n:"))
		say("'%s' cannot be preloaded, because of the space or colon in its path: move it",
		    library);
	else
		recording->preload = present && *present ? xasprintf("%s:%s", library, present)
							 : xstrdup(library);
	free(expected);
	free(library);
	return recording->preload != NULL;
}

bool recording_open(struct recording *recording, const char *directory, const char *program,
		    const char *own, bool temporary)
{
	char *given = environment_option("out");
	char *out = NULL; /* "/." is nothing that the recorder can make, when it is there no more */

	*recording = (struct recording){.directory = NULL};
	if (!prepare_preload(recording)) {
		free(given);
		return false;
	}
	if (directory || (given && *given))
		use_given(recording, directory ? directory : given);
	else if (temporary)
		make_temporary(recording);
	else
		make_numbered(recording, program);
	refuse_colon(recording);
	recording->before_count = list_traces(recording->directory, &recording->before);
	if (recording->temporary)
		out = xasprintf("%s/.", recording->directory);
	recording->options = environment_options(own, out		     ? out
						      : recording->directory ? recording->directory
						      : directory	     ? directory
									     : given);
	recording->children = environment_children(recording->options);
	free(given);
	free(out);
	return true;
}

size_t recording_list(const struct recording *recording, char ***paths)
{
	char **names;
	size_t count = list_traces(recording->directory, &names), fresh = 0;

	*paths = names;
	for (size_t i = 0; i < count; i++) {
		char *name = names[i];

		if (!recording->before_count ||
		    !bsearch(&name, recording->before, recording->before_count, sizeof(char *),
			     compare_names))
			names[fresh++] = xasprintf("%s/%s", recording->directory, name);
		free(name);
	}
	return fresh;
}

/* Whose traces go when a signal ends us while we read them. */
static const struct recording *volatile interrupted;

static void interrupt(int signal)
{
	const struct recording *recording = interrupted;

	for (size_t i = 0; recording && i < recording->trace_count; i++)
		unlink(recording->traces[i]);
	if (recording)
		rmdir(recording->directory);
	raise(signal);
}

static void remove_when_interrupted(const struct recording *recording)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
	struct sigaction before;

	interrupted = recording;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!sigaction(signals[i], NULL, &before) && before.sa_handler == SIG_DFL)
			sigaction(signals[i], &action, NULL);
}

void recording_finish(struct recording *recording, const struct outcome *outcome)
{
	recording->trace_count = recording_list(recording, &recording->traces);
	if (recording->temporary)
		remove_when_interrupted(recording);
	for (size_t i = 0; i < recording->trace_count; i++)
		trace_file_finish(recording->traces[i], outcome->pid, outcome->status);
}

bool recording_has(const struct recording *recording, pid_t pid)
{
	for (size_t i = 0; i < recording->trace_count; i++)
		if (trace_file_pid(recording->traces[i]) == pid)
			return true;
	return false;
}

/* Whether a trace could be written there: 0 or an errno. */
static int probe(const char *directory)
{
	char *path = xasprintf("%s/.gordian-XXXXXX", directory);
	int fd = mkostemp(path, O_CLOEXEC);
	int error = fd < 0 ? errno : posix_fallocate(fd, 0, PROBE_BYTES);

	if (fd >= 0) {
		unlink(path);
		close(fd);
	}
	free(path);
	return error == EOPNOTSUPP || error == EINVAL ? 0 : error;
}

static bool has_mark(const struct recording *recording, pid_t pid)
{
	for (size_t i = 0; i < recording->trace_count; i++)
		if (trace_file_is_mark(recording->traces[i], pid))
			return true;
	return false;
}

char *recording_why_not(const struct recording *recording, pid_t pid)
{
	int error;

	if (recording->trouble)
		return xstrdup(recording->trouble);
	error = probe(recording->directory);
	if (error)
		return xasprintf("no trace can be written into '%s': %s", recording->directory,
				 strerror(error));
	if (has_mark(recording, pid))
		return xasprintf("no trace could be written into '%s': no space was left, or a "
				 "limit is too low",
				 recording->directory);
	return xstrdup("the recorder was not loaded into it, or could not write where it ran (was "
		       "LD_PRELOAD or GORDIAN_OPTIONS taken from its environment?)");
}

static void free_names(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

/* By another name, so that processes which go on put no more into it. */
static void remove_temporary(struct recording *recording)
{
	char *away = xasprintf("%s.gone", recording->directory), **names;
	const char *directory = rename(recording->directory, away) ? recording->directory : away;
	size_t count = list_traces(directory, &names);

	for (size_t i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, names[i]);

		unlink(path);
		free(path);
	}
	free_names(names, count);
	rmdir(directory);
	free(away);
}

void recording_close(struct recording *recording)
{
	interrupted = NULL;
	if (recording->temporary && recording->directory)
		remove_temporary(recording);
	free_names(recording->before, recording->before_count);
	free_names(recording->traces, recording->trace_count);
	free(recording->directory);
	free(recording->trouble);
	free(recording->preload);
	free(recording->options);
}
