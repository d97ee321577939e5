#include "reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader_build.h"
#include "reader_image.h"
#include "xalloc.h"

bool reader_add_file(struct model *model, const char *path, struct reader_error *error)
{
	struct image image;
	bool good = image_open(&image, path, error) && image_check(&image) &&
		    model_append(model, &image);

	image_close(&image);
	return good;
}

bool reader_each(const char *path,
		 bool (*visit)(void *context, const struct trace_header *header,
			       const struct reader_record *record),
		 void *context, struct reader_error *error)
{
	struct image image;
	bool good = image_open(&image, path, error) && image_check(&image);

	if (good) {
		error->text[0] = '\0';
		good = visit(context, &image.header, NULL);
	}
	for (size_t i = 0; good && i < image.record_count; i++) {
		const struct reader_record record = {
			.offset = (uint64_t)image.records[i] * 8,
			.head = image_record(&image, image.records[i]),
		};

		good = visit(context, &image.header, &record);
	}
	image_close(&image);
	return good;
}

/* A file of a directory, with what it is sorted by. */
struct entry {
	char *path;
	uint64_t start;
};

struct entries {
	struct entry *items;
	size_t count;
};

/* 0 for a file that is not a trace: it is read first, and says what is wrong with it. */
static uint64_t start_of(const char *path)
{
	struct trace_header header = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return 0;
	if (pread(fd, &header, sizeof(header), 0) != sizeof(header))
		header.start_realtime_ns = 0;
	close(fd);
	return header.start_realtime_ns;
}

bool reader_is_unbegun(const char *path)
{
	static const char nothing[sizeof(struct trace_header)];
	char header[sizeof(nothing)];
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool unbegun = false;

	if (fd < 0)
		return false;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		unbegun = status.st_size == 0 ||
			  (pread(fd, header, sizeof(header), 0) == (ssize_t)sizeof(header) &&
			   memcmp(header, nothing, sizeof(header)) == 0);
	close(fd);
	return unbegun;
}

static bool is_trace_name(const char *name)
{
	size_t length = strlen(name), suffix = strlen(TRACE_SUFFIX);

	return length > suffix && !strcmp(name + length - suffix, TRACE_SUFFIX);
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return strcmp(a->path, b->path);
}

static void list_directory(DIR *directory, const char *path, struct entries *entries)
{
	for (struct dirent *found; (found = readdir(directory));) {
		struct entry *entry;

		if (!is_trace_name(found->d_name))
			continue;
		entries->items =
			xreallocarray(entries->items, entries->count + 1, sizeof(*entries->items));
		entry = &entries->items[entries->count++];
		entry->path = xasprintf("%s/%s", path, found->d_name);
		entry->start = start_of(entry->path);
	}
	if (entries->count)
		qsort(entries->items, entries->count, sizeof(*entries->items), compare_entries);
}

static bool use_directory(const char *path, reader_file_fn *use, void *context,
			  struct reader_error *error)
{
	DIR *directory = opendir(path);
	struct entries entries = {0};
	bool good = true;

	if (!directory)
		return reader_fail(error, path, "cannot be opened: %s", strerror(errno));
	list_directory(directory, path, &entries);
	closedir(directory);
	if (!entries.count)
		good = reader_fail(error, path, "expected traces (*%s), found none", TRACE_SUFFIX);
	for (size_t i = 0; i < entries.count; i++) {
		good = good && (reader_is_unbegun(entries.items[i].path) ||
				use(context, entries.items[i].path, error));
		free(entries.items[i].path);
	}
	free(entries.items);
	return good;
}

bool reader_files(const char *path, reader_file_fn *use, void *context, struct reader_error *error)
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return use_directory(path, use, context, error);
	return use(context, path, error);
}

static bool add_file(void *model, const char *file, struct reader_error *error)
{
	return reader_add_file(model, file, error);
}

bool reader_add(struct model *model, const char *path, struct reader_error *error)
{
	return reader_files(path, add_file, model, error);
}
