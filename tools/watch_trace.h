/*
 * What the threads of one recorded process have and want, read from its trace while it runs, from
 * outside and cheaply: held records lie in chunks of their own, which are found once; after that a
 * look reads those, and the headers of new chunks.
 *
 * Nothing in a file is trusted, but nothing is complained about either: what looks wrong is left
 * out. What is found here is only ever a reason to read the traces properly.
 */
#ifndef GORDIAN_WATCH_TRACE_H
#define GORDIAN_WATCH_TRACE_H

#include <gordian/trace_format.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A thread, as its held record says. */
struct watched {
	uint32_t ref; /* of its thread record; 0: the record is not in use */
	uint32_t op;
	uint64_t want, since, mutex; /* as in the record; want 0: nothing is published */
	const struct trace_held_entry *entries;
	uint32_t depth;
	double first_seen; /* when it was first seen to have and want this, in seconds */
};

/* A chunk of held records. */
struct watch_region {
	uint64_t offset;
	uint32_t size, place; /* bytes; where its copy begins */
};

struct watch_trace {
	char *path;
	pid_t pid;
	bool over;     /* the image ended by itself */
	int signal;    /* that it was sent last; 0: none */
	uint64_t next; /* the first chunk that was not looked at yet */
	struct watch_region *regions;
	size_t region_count;
	char *copy; /* of all regions */
	size_t copy_size;
	struct watched *threads; /* by held record, in their order */
	size_t thread_count;
};

/* path is copied. */
void watch_trace_open(struct watch_trace *trace, const char *path);
void watch_trace_close(struct watch_trace *trace);
/* Reads it anew. now: seconds, for first_seen. False: there is nothing to be read (yet). */
bool watch_trace_look(struct watch_trace *trace, double now);

/* How the locks that the thread has were taken: enum trace_op of each of its entries; 0: not known.
 */
void watch_trace_ops(const struct watch_trace *trace, const struct watched *thread, uint16_t *ops);

/* Whether the thread waits without a limit, as far as is published. */
bool watched_waits(const struct watched *thread);
/* Whether it may: a condition wait takes its mutex again without a limit, whatever its own. */
bool watched_may_wait(const struct watched *thread);

#endif
