/*
 * A private copy of what is committed in one trace file, so that nothing changes while it is
 * checked, and the records in it. Only what is in use is read: a file may be sparse and much
 * longer.
 *
 * The file may grow while it is copied, and a record copied early may then refer to one that was
 * committed after its chunk had been copied. So the chunks are looked at twice: everything that was
 * committed at the first look refers only to what the copy, made at the second look, contains. What
 * came in between (the "late" records) is kept as far as its references are, and else left out, as
 * if it had been committed a moment later.
 *
 * The copy is kept in this process's memory with records at their file offsets. Fields may be
 * rewritten in place by later passes.
 */
#ifndef GORDIAN_READER_IMAGE_H
#define GORDIAN_READER_IMAGE_H

#include <gordian/trace_format.h>
#include <stdbool.h>
#include <stddef.h>

#include "reader.h"

struct image_chunk {
	uint64_t offset;
	uint32_t early; /* bytes committed at the first look */
	uint32_t used;	/* bytes committed when it was copied */
};

struct image {
	const char *path;
	struct reader_error *error;
	int fd;
	struct trace_header header;
	char *bytes; /* header.allocated long; filled below chunk.used only */
	struct image_chunk *chunks;
	size_t chunk_count;
	uint32_t *records; /* references of all records, in file order */
	size_t record_count;
	uint64_t *starts; /* a bit for every reference: a record starts there */
	bool live;	  /* mutable references may be ahead of the copy */
};

/* Copies the file and finds its records; sizes and tails are checked, contents are not. False:
 * *error is set. image_close either way. */
bool image_open(struct image *image, const char *path, struct reader_error *error);
void image_close(struct image *image);

/* Checks the contents: every reference, code, count and text. Leaves late records out. */
bool image_check(struct image *image);

/* The record at a reference; NULL when none starts there. */
static inline struct trace_record *image_record(const struct image *image, uint32_t reference)
{
	if ((uint64_t)reference * 8 >= image->header.allocated ||
	    !(image->starts[reference / 64] >> reference % 64 & 1))
		return NULL;
	return (struct trace_record *)(image->bytes + (uint64_t)reference * 8);
}

/* Whether the reference lies where a record may have been committed after the copy was made. */
bool image_uncommitted(const struct image *image, uint32_t reference);

/* Takes a record out of the copy; image->records still names it. */
void image_drop(struct image *image, uint32_t reference);

/* Whether the record was committed after the first look. */
bool image_late(const struct image *image, uint32_t reference);

/* Sets the error: "PATH: offset OFFSET: FORMAT". Always false. */
bool image_fail(const struct image *image, uint64_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for what is not about an offset of a trace file; path: control characters are replaced.
 */
bool reader_fail(struct reader_error *error, const char *path, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
