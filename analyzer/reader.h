/*
 * The reader: a trace file, or a directory of them, into a model. Nothing in a file is trusted:
 * every length, reference and count is checked before it is used, and a file that fails a check
 * adds nothing to the model.
 *
 * A file that is still being written can be read: what is committed is whole.
 */
#ifndef GORDIAN_READER_H
#define GORDIAN_READER_H

#include "model.h"

/* What was wrong: one line, without a newline: "FILE: offset 4128: expected a chunk, found 0x…". */
struct reader_error {
	char text[512];
};

/* Adds one trace file. False: *error says why, and the model is as before. */
bool reader_add_file(struct model *model, const char *path, struct reader_error *error);

/*
 * Calls `use` for a file, or for every *.gordian file of a directory, oldest first. A directory
 * without any trace is an error. Stops where that returns false; those that were never begun are
 * left out.
 */
typedef bool reader_file_fn(void *context, const char *file, struct reader_error *error);
bool reader_files(const char *path, reader_file_fn *use, void *context, struct reader_error *error);

/* Adds these. */
bool reader_add(struct model *model, const char *path, struct reader_error *error);

/* Whether its process was killed, or is still, between making the file and its first word there: so
 * it has done nothing. */
bool reader_is_unbegun(const char *path);

/*
 * Checks a file as reader_add_file does, then calls visit once with record NULL, for the header,
 * and once for each record, in file order; for `dump`. False on a bad file, or as soon as visit
 * returns false (then error->text is "").
 */
struct reader_record {
	uint64_t offset;
	const struct trace_record *head; /* the whole record, head->size bytes */
};
bool reader_each(const char *path,
		 bool (*visit)(void *context, const struct trace_header *header,
			       const struct reader_record *record),
		 void *context, struct reader_error *error);

#endif
