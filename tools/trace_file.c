#include "trace_file.h"
#include "xalloc.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gordian/trace_format.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool read_header(int fd, struct trace_header *header)
{
	return fd >= 0 && pread(fd, header, sizeof(*header), 0) == sizeof(*header) &&
	       !memcmp(header->magic, TRACE_MAGIC, sizeof(header->magic)) &&
	       header->version == TRACE_VERSION && header->byte_order == TRACE_BYTE_ORDER;
}

pid_t trace_file_pid(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct trace_header header;
	pid_t pid = read_header(fd, &header) ? (pid_t)header.pid : 0;

	if (fd >= 0)
		close(fd);
	return pid;
}

/* PROG.PID.gordian, or PROG.PID-N.gordian. */
static bool is_named_after(const char *path, pid_t pid)
{
	char *number = xasprintf(".%d", (int)pid);
	size_t length = strlen(number);
	bool found = false;

	for (const char *at = path; !found && (at = strstr(at, number)); at += length) {
		const char *rest = at + length;

		if (*rest == '-')
			rest += 1 + strspn(rest + 1, "0123456789");
		found = !strcmp(rest, TRACE_SUFFIX);
	}
	free(number);
	return found;
}

bool trace_file_is_mark(const char *path, pid_t pid)
{
	struct stat status;
	int fd = is_named_after(path, pid) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	char byte = 1;
	bool is = fd >= 0 && !fstat(fd, &status) && status.st_size == 1 &&
		  pread(fd, &byte, 1, 0) == 1 && !byte;

	if (fd >= 0)
		close(fd);
	return is;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void write_field(int fd, const struct trace_header *header, const void *field, size_t size)
{
	off_t offset = (const char *)field - (const char *)header;

	if (pwrite(fd, field, size, offset) != (ssize_t)size)
		return; /* the trace then says "running", as it does after any other kill */
}

void trace_file_end(const char *path, enum trace_end *end, int *value)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct trace_header header;

	if (read_header(fd, &header)) {
		*end = (enum trace_end)header.end;
		*value = header.end_value;
	}
	if (fd >= 0)
		close(fd);
}

void trace_file_finish(const char *path, pid_t pid, int status)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	struct trace_header header;
	struct stat file;

	/* Not a process of another pid namespace that happens to have the number. */
	if (!read_header(fd, &header) || header.pid != (uint32_t)pid ||
	    header.parent_pid != (uint32_t)getpid())
		goto out;
	if (header.end == TRACE_END_running) {
		header.end = WIFSIGNALED(status) ? TRACE_END_signal : TRACE_END_quick_exit;
		header.end_value = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
		header.end_mono_ns = now_ns();
		write_field(fd, &header, &header.end_mono_ns, sizeof(header.end_mono_ns));
		write_field(fd, &header, &header.end_value, sizeof(header.end_value));
		write_field(fd, &header, &header.end, sizeof(header.end));
	}
	if (!fstat(fd, &file) && header.allocated >= TRACE_HEADER_SIZE &&
	    (uint64_t)file.st_size > header.allocated && ftruncate(fd, header.allocated))
		goto out; /* merely longer than needed */
out:
	if (fd >= 0)
		close(fd);
}

/* The path of a mapped trace in a line of maps(5); it ends with the line. NULL: it is none. */
static const char *mapped_trace(char *line)
{
	char *path = strchr(line, '/');
	size_t length, suffix = strlen(TRACE_SUFFIX);

	if (!path)
		return NULL;
	path[strcspn(path, "\n")] = '\0';
	length = strlen(path);
	return length > suffix && !strcmp(path + length - suffix, TRACE_SUFFIX) ? path : NULL;
}

/* As the process sees it, which may have another root directory than we. */
static char *reachable(pid_t pid, const char *path)
{
	char *through = NULL;

	if (trace_file_pid(path))
		return xstrdup(path);
	through = xasprintf("/proc/%d/root%s", (int)pid, path);
	if (trace_file_pid(through))
		return through;
	free(through);
	return NULL;
}

char *trace_file_of(pid_t pid, char **trouble)
{
	char *maps = xasprintf("/proc/%d/maps", (int)pid);
	FILE *file = fopen(maps, "re");
	char *line = NULL, *found = NULL;
	size_t size = 0;
	ssize_t got = 0;
	int error = errno;

	free(maps);
	while (file && !found && (errno = 0, got = getline(&line, &size, file)) >= 0) {
		const char *path = mapped_trace(line);

		found = path ? reachable(pid, path) : NULL;
	}
	if (file && got < 0)
		error = errno;
	if (file)
		fclose(file);
	free(line);
	if (!found && error == ENOENT && !file)
		*trouble = xasprintf("there is no process %d", (int)pid);
	else if (!found && error && (!file || got < 0))
		*trouble = xasprintf("cannot look into process %d: %s", (int)pid, strerror(error));
	else if (!found)
		*trouble = xasprintf("process %d is not being recorded: it was not started "
				     "under 'gordian run' or with libgordian.so preloaded",
				     (int)pid);
	return found;
}

static bool is_mapped(const char *maps, const char *path)
{
	FILE *file = fopen(maps, "re");
	char *line = NULL;
	size_t size = 0;
	bool found = false;

	if (!file)
		return false;
	while (!found && getline(&line, &size, file) >= 0) {
		const char *slash = strchr(line, '/');

		found = slash && !strncmp(slash, path, strlen(path)) && slash[strlen(path)] == '\n';
	}
	free(line);
	fclose(file);
	return found;
}

/* Once the first thread has ended, only the others have the memory still. */
bool trace_file_in_use(const char *path, pid_t pid)
{
	char *tasks = xasprintf("/proc/%d/task", (int)pid);
	DIR *directory = opendir(tasks);
	const struct dirent *entry;
	bool found = false;

	while (directory && !found && (entry = readdir(directory))) {
		char *maps = xasprintf("%s/%s/maps", tasks, entry->d_name);

		found = is_mapped(maps, path);
		free(maps);
	}
	if (directory)
		closedir(directory);
	free(tasks);
	return found;
}
