/*
 * What a trace file is made of: a header, chunks, and in them records (trace_format.h), of which
 * the head is here, and what some end with.
 *
 *	offset 0		struct trace_header, padded to TRACE_HEADER_SIZE
 *	TRACE_HEADER_SIZE	chunk, chunk, … up to header.allocated
 *
 * The file is sparse while the process runs: its length is the window (header.window), of which
 * only [0, header.allocated) is in use. At a normal exit it is cut down to header.allocated; after
 * a kill it is not, so a reader looks at header.allocated and never at the length beyond it.
 *
 * A chunk is a multiple of TRACE_CHUNK_ALIGN long, starts with struct trace_chunk, and holds
 * records back to back in [sizeof(struct trace_chunk), chunk.used). A writer first fills a record
 * and then moves chunk.used past it (release), so everything below `used` is whole. Only counters,
 * and fields marked "mutable", change afterwards; aligned 32- and 64-bit stores, so a reader sees
 * old or new.
 */
#ifndef GORDIAN_TRACE_CHUNKS_H
#define GORDIAN_TRACE_CHUNKS_H

#include <gordian/trace_codes.h>
#include <stdint.h>

#define TRACE_MAGIC "GORDIAN\n"
#define TRACE_VERSION 4u
#define TRACE_OLDEST_VERSION 3u /* that the reader still takes */
#define TRACE_BYTE_ORDER 0x01020304u
#define TRACE_HEADER_SIZE 4096u
#define TRACE_CHUNK_ALIGN 4096u
#define TRACE_CHUNK_MAGIC 0x4b4e4843u /* "CHNK" */
#define TRACE_SUFFIX ".gordian"

struct trace_header {
	char magic[8];
	uint32_t version;
	uint32_t byte_order;
	uint32_t header_size;  /* TRACE_HEADER_SIZE */
	uint32_t pointer_size; /* bytes: 8 or 4 */
	uint64_t window;       /* bytes the file may grow to */
	uint64_t allocated;    /* bytes in use; mutable, a multiple of TRACE_CHUNK_ALIGN */
	uint32_t pid;
	uint32_t parent_pid;
	uint64_t start_realtime_ns; /* CLOCK_REALTIME when the recording began */
	/* Two (ticks, ns) pairs; the second is mutable. ns per tick =
	 * (mono_ns[1]-mono_ns[0])/(ticks[1]-ticks[0]). */
	uint64_t ticks[2];
	uint64_t mono_ns[2];
	uint64_t nominal_hz; /* ticks per second as far as known when the recording began; 0 =
				unknown */
	uint32_t end;	     /* enum trace_end; mutable */
	int32_t end_value;   /* exit status or signal; mutable */
	uint64_t end_mono_ns;
	uint64_t drops[TRACE_DROP_SLOTS]; /* mutable */
	uint64_t early;	  /* lock operations recorded before the stack unwinder was ready: stacks of
			     one frame; mutable */
	uint64_t widened; /* span merges (see the span record) that may make ordered code look
			     concurrent; mutable */
};

struct trace_chunk {
	uint32_t magic;
	uint32_t size;	/* bytes, header included */
	uint32_t used;	/* bytes, header included; mutable */
	uint32_t owner; /* reference of the thread record that filled it last; 0: the process.
			   Information only */
};

struct trace_record {
	uint16_t type; /* enum trace_type */
	uint16_t zero;
	uint32_t size; /* bytes, this header and the tail included; a multiple of 8 */
};

/* In place of an address: the lock was given back, and others that were taken later were not yet.
 * Their nodes may be those of the situations in which it was still held. */
#define TRACE_HELD_HOLE 1

/* One lock on a thread's held stack. */
struct trace_held_entry {
	uint64_t lock; /* address; TRACE_HELD_HOLE; 0: none */
	uint64_t key;  /* recorder-private */
	uint32_t node; /* node reference; 0: could not be recorded */
	uint32_t zero;
	uint64_t since; /* ticks when acquired, when this hold is timed; else 0 */
};

/* What a thread remembers of a situation. */
struct trace_slot {
	uint64_t key;	/* recorder-private; 0: free */
	uint32_t node;	/* node reference */
	uint32_t count; /* acquisitions that node.count does not have */
};

_Static_assert(sizeof(struct trace_header) <= TRACE_HEADER_SIZE, "trace header does not fit");

#endif
