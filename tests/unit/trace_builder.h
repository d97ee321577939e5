/*
 * Trace files made by hand, for tests of everything that reads them: records are added one by one,
 * the image is written to a file or read straight into a model. What is built is valid until a test
 * makes it otherwise through builder_at.
 *
 * Records are named by their references (offset / 8). Pointers into the image stay valid. Failures
 * abort.
 */
#ifndef GORDIAN_TRACE_BUILDER_H
#define GORDIAN_TRACE_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "reader.h"

struct trace_builder;

/* An empty trace: one tick is one ns, pid 100, ended by exit(0) after a second. */
struct trace_builder *builder_new(void);
void builder_free(struct trace_builder *builder);

/* The header; its `allocated` is kept up by the builder. */
struct trace_header *builder_header(struct trace_builder *builder);
/* The whole image so far, builder_header()->allocated bytes. */
char *builder_image(struct trace_builder *builder);
/* The record a reference names. */
void *builder_at(struct trace_builder *builder, uint32_t reference);

/* The next record starts a new chunk. */
void builder_chunk(struct trace_builder *builder);
/* The next record goes into the chunk that starts at this reference, as far as it has room. */
void builder_into(struct trace_builder *builder, uint32_t chunk);
/* A zeroed record with `tail` bytes (rounded up to 8) behind its fixed part. */
uint32_t builder_record(struct trace_builder *builder, enum trace_type type, size_t tail);

/* Arguments: a NULL-terminated list of strings. */
uint32_t builder_process(struct trace_builder *builder, const char *exe, ...)
	__attribute__((sentinel));
uint32_t builder_module(struct trace_builder *builder, const char *path, const char *build_id,
			uint64_t start, uint64_t end);
/* The thread the process began with; then others. Numbers and tids count up. */
uint32_t builder_main(struct trace_builder *builder);
uint32_t builder_thread(struct trace_builder *builder, uint32_t creator, uint32_t create_epoch);
void builder_join(struct trace_builder *builder, uint32_t thread, uint32_t joiner,
		  uint32_t join_epoch);
void builder_limited_join(struct trace_builder *builder, uint32_t thread, uint32_t join_epoch,
			  uint32_t stack);
uint32_t builder_stack(struct trace_builder *builder, size_t count, const uint64_t *pcs);
/* A mutex; stack may be 0. */
uint32_t builder_lock(struct trace_builder *builder, uint64_t address, uint32_t stack);
/* Its span is the epoch 0; builder_span changes it, or adds further ones. */
uint32_t builder_node(struct trace_builder *builder, uint32_t thread, uint32_t parent,
		      uint32_t lock, uint32_t stack, enum trace_op op, uint64_t count);
/* The node's newest span. */
void builder_newest(struct trace_builder *builder, uint32_t node, uint32_t first, uint32_t last);
/* An earlier span. */
uint32_t builder_span(struct trace_builder *builder, uint32_t node, uint32_t first, uint32_t last);
/* `count` waits of `ticks` each, set as the node's wait. */
uint32_t builder_wait(struct trace_builder *builder, uint32_t node, uint32_t stack, uint64_t count,
		      uint64_t ticks);
/* What the failed tries of a node were followed by. */
uint32_t builder_trial(struct trace_builder *builder, uint32_t node, uint64_t waited,
		       uint64_t timed, uint64_t abandoned);
/* `count` timed holds of `ticks` each, set as the lock's histogram. */
uint32_t builder_holds(struct trace_builder *builder, uint32_t lock, uint32_t count,
		       uint64_t ticks);
/* A held stack with room for `room` locks; builder_hold pushes one. */
uint32_t builder_held(struct trace_builder *builder, uint32_t thread, size_t room);
void builder_hold(struct trace_builder *builder, uint32_t held, uint32_t node);
/* A table of `slots` slots; builder_count uses one of them for `count` acquisitions of a node. */
uint32_t builder_counts(struct trace_builder *builder, uint32_t thread, uint32_t slots);
void builder_count(struct trace_builder *builder, uint32_t counts, uint32_t slot, uint32_t node,
		   uint64_t count);
uint32_t builder_exec(struct trace_builder *builder, uint32_t thread, const char *path,
		      bool failed);

/* A step of a deadlock: the thread wants the lock, with pthread_mutex_lock. */
uint32_t builder_deadlock(struct trace_builder *builder, uint32_t walk, unsigned step,
			  unsigned steps, uint32_t thread, uint32_t lock);
uint32_t builder_handlers(struct trace_builder *builder, uint64_t signals);
uint32_t builder_alarms(struct trace_builder *builder, uint64_t signals);
uint32_t builder_runtime(struct trace_builder *builder, uint64_t signals);
/* After so many ticks. */
uint32_t builder_reaped(struct trace_builder *builder, uint32_t pid, uint32_t signal,
			uint64_t after);
/* The thread, holding `node`, was told that by a wait, after so many ticks. */
uint32_t builder_awaited(struct trace_builder *builder, uint32_t pid, uint32_t thread,
			 uint32_t epoch, uint32_t node, uint64_t after);
uint32_t builder_unordered(struct trace_builder *builder, uint64_t objects, uint64_t children);
uint32_t builder_children(struct trace_builder *builder, uint64_t ended);
/* The record of that thread stands for so many others. */
void builder_alike(struct trace_builder *builder, uint32_t thread, uint64_t count);
uint32_t builder_begun(struct trace_builder *builder, uint64_t count);
/* Counted once; everything but the rule, the thread and the lock is left 0. The lock may be 0. */
uint32_t builder_misuse(struct trace_builder *builder, enum trace_misuse_rule rule, uint32_t thread,
			uint32_t lock);

/* The lock lies there in a file that has device and inode 1. */
uint32_t builder_identity(struct trace_builder *builder, uint32_t lock, uint64_t offset);
uint32_t builder_open_file(struct trace_builder *builder, uint32_t lock, uint64_t number);
/* The image began as a fork in epoch 2 of the parent's first thread. */
uint32_t builder_forked(struct trace_builder *builder, uint32_t thread, uint32_t parent_pid,
			uint64_t parent_start);
/* A NULL class: none, and no level. */
uint32_t builder_label(struct trace_builder *builder, uint32_t lock, const char *name,
		       const char *class, int level);
/* A call in interpreted code; caller 0: none. */
uint32_t builder_script(struct trace_builder *builder, uint32_t caller, uint32_t line,
			const char *file, const char *function);
/* That the stack is within it. */
uint32_t builder_calls(struct trace_builder *builder, uint32_t stack, uint32_t innermost);
uint32_t builder_ignored(struct trace_builder *builder, uint32_t thread, uint64_t count);

/* number: the reference, so that events are in the order in which they were built. */
uint32_t builder_event(struct trace_builder *builder, uint32_t thread, uint32_t lock,
		       enum trace_event_kind kind, uint32_t index, uint32_t epoch);
uint32_t builder_tally(struct trace_builder *builder, uint32_t thread, uint32_t lock,
		       enum trace_event_kind kind, uint32_t count, uint32_t amount);

/* A trace with every type of record, several chunks, three threads. */
struct trace_builder *builder_rich(void);

/* Writes the image. */
void builder_write(const struct trace_builder *builder, const char *path);
/* Writes it to a temporary file, adds that to the model, removes it. */
bool builder_read(const struct trace_builder *builder, struct model *model,
		  struct reader_error *error);

#endif
