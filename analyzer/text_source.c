/* Reading one line of a source file. */
#include "text_source.h"
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only regular files: a path in debug information may name anything, a pipe for example. */
static FILE *open_source(const char *file, uint64_t recorded_realtime_ns, bool *changed)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	FILE *stream;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
		close(fd);
		return NULL;
	}
	*changed =
		(uint64_t)status.st_mtim.tv_sec * 1000000000u + (uint64_t)status.st_mtim.tv_nsec >
		recorded_realtime_ns;
	stream = fdopen(fd, "r");
	if (!stream)
		close(fd);
	return stream;
}

static char *trim(char *line)
{
	char *start = line;
	size_t length;

	while (isspace((unsigned char)*start))
		start++;
	length = strlen(start);
	while (length > 0 && isspace((unsigned char)start[length - 1]))
		length--;
	memmove(line, start, length);
	line[length] = '\0';
	return line;
}

char *source_line(const char *file, int line, uint64_t recorded_realtime_ns, bool *changed)
{
	FILE *stream = open_source(file, recorded_realtime_ns, changed);
	char *content = NULL;
	size_t room = 0;
	int number = 0;

	if (!stream)
		return NULL;
	while (number < line && getline(&content, &room, stream) >= 0)
		number++;
	fclose(stream);
	if (number == line && number > 0 && *trim(content))
		return content;
	free(content);
	return NULL;
}
