/*
 * Single records of an image into the model, for reader_build.c, which says in what order.
 */
#ifndef GORDIAN_READER_PUT_H
#define GORDIAN_READER_PUT_H

#include "model_sum.h"
#include "reader_image.h"
#include "record_table.h"

/*
 * While the model is built, a record's index in the model lies where its size was (head.size):
 * sizes are not needed any more once the records are listed, and no table on the side is.
 */
struct build {
	struct model *model;
	const struct image *image;
	uint32_t process;
	double ns_per_tick;
	size_t first[RECORD_TYPES]; /* index of the first of this file, by record type */
	size_t count[RECORD_TYPES];
	size_t frames;
};

/* The index of the record with that reference; NO_INDEX for 0. */
static inline uint32_t index_of(const struct build *build, uint32_t reference)
{
	return reference ? image_record(build->image, reference)->size : NO_INDEX;
}

static inline uint64_t build_ns(const struct build *build, uint64_t ticks)
{
	return ticks_to_ns(ticks, build->ns_per_tick);
}

/* The thread that such a lock is the end of; NO_INDEX: it is another kind of lock. */
uint32_t reader_thread_at(const struct build *build, enum trace_lock_kind kind, uint64_t address);

struct reader_put {
	/* index: the record's own, in the model's array of its type, if it has one. */
	void (*put)(struct build *build, const struct trace_record *record, uint32_t index);
	/* The second round may write to what the first has put, wherever it lies in the file. */
	int round;
};

/* At the end of a file: a deadlock of which steps are missing is not one. */
void reader_drop_open_walk(struct model *model);

/* How each type gets into the model. */
extern const struct reader_put reader_puts[RECORD_TYPES];

#endif
