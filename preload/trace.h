/*
 * The trace file of this process image: a shared mapping of the whole window, made once, so that no
 * file descriptor is kept and none is needed later. Space is taken chunk by chunk; before a chunk
 * is used its pages are allocated (MADV_POPULATE_WRITE, or fallocate on kernels before 5.14), so
 * that a full disk is an error here and not a SIGBUS in the program.
 *
 * Everything but trace_drop is called under the recorder's lock.
 */
#ifndef GORDIAN_TRACE_H
#define GORDIAN_TRACE_H

#include <gordian/trace_format.h>
#include <stdbool.h>

/* Where records of one owner go next. Zeroed: nowhere yet. */
struct trace_cursor {
	struct trace_chunk *chunk;
	uint32_t next_size; /* of the chunk to take when this one is full */
};

extern struct trace_header *trace_header; /* NULL: there is no trace */

/* Creates the file and maps it. False: cannot; the program simply is not recorded. */
bool trace_open(void);
/* Lets go of the trace (child of a fork): returns the old mapping, for trace_unmap; NULL: there was
 * none. */
struct trace_header *trace_detach(void);
void trace_unmap(struct trace_header *header);

/*
 * The limits of the process are others now: gives back what is more of the window than they allow.
 * own: the trace is this process's, not yet that of the one that it was forked from.
 */
void trace_narrow(bool own);
/* Makes room that will do for a while: soon none may be made any more. */
void trace_reserve(void);
/*
 * A new record of `size` bytes (a multiple of 8), zeroed but for its header, in the chunk of
 * `cursor`. It is not part of the trace before trace_commit. NULL: no space; counted.
 */
void *trace_alloc(struct trace_cursor *cursor, enum trace_type type, size_t size);
void trace_commit(struct trace_cursor *cursor, const void *record);

/* References: see trace_format.h. NULL <-> 0. */
static inline uint32_t trace_ref_of(const void *record)
{
	return (uint32_t)(((uintptr_t)record - (uintptr_t)trace_header) / 8);
}

static inline uint32_t trace_ref(const void *record)
{
	return record ? trace_ref_of(record) : 0;
}

static inline void *trace_at(uint32_t ref)
{
	return ref ? (char *)trace_header + (uint64_t)ref * 8 : NULL;
}

/* Its path; "" when there is none. */
const char *trace_file(void);

/* Counts something that could not be recorded. Any time, any thread. */
void trace_drop(enum trace_drop reason);

/* Refreshes the second (ticks, ns) pair, when that has not been done for a while. */
void trace_touch_clock(void);

/* The image ends, or is about to: says how, and cuts the file down to what is in use. */
void trace_end(enum trace_end end, int value);
/* It did not end after all (a failed exec). */
void trace_resume(void);

#endif
