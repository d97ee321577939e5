#include "watch_trace.h"
#include "model.h"
#include "xalloc.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void watch_trace_open(struct watch_trace *trace, const char *path)
{
	*trace = (struct watch_trace){.path = xstrdup(path), .next = TRACE_HEADER_SIZE};
}

void watch_trace_close(struct watch_trace *trace)
{
	free(trace->path);
	free(trace->regions);
	free(trace->copy);
	free(trace->threads);
}

static bool read_at(int fd, void *to, size_t size, uint64_t offset)
{
	return pread(fd, to, size, (off_t)offset) == (ssize_t)size;
}

static void add_region(struct watch_trace *trace, uint64_t offset, uint32_t size)
{
	trace->regions =
		xreallocarray(trace->regions, trace->region_count + 1, sizeof(*trace->regions));
	trace->regions[trace->region_count++] =
		(struct watch_region){offset, size, (uint32_t)trace->copy_size};
	trace->copy_size += size;
	trace->copy = xreallocarray(trace->copy, trace->copy_size, 1);
}

/* Headers of the chunks that are new. One without a record yet is looked at again. */
static void find_regions(struct watch_trace *trace, int fd, uint64_t allocated)
{
	struct {
		struct trace_chunk chunk;
		struct trace_record first;
	} head;

	while (trace->next + sizeof(head) <= allocated) {
		if (!read_at(fd, &head, sizeof(head), trace->next) ||
		    head.chunk.magic != TRACE_CHUNK_MAGIC || !head.chunk.size ||
		    head.chunk.size % TRACE_CHUNK_ALIGN || head.chunk.used < sizeof(head))
			return;
		if (head.first.type == TRACE_TYPE_held)
			add_region(trace, trace->next, head.chunk.size);
		trace->next += head.chunk.size;
	}
}

static bool is_same(const struct watched *a, const struct watched *b, uint64_t top)
{
	/* Of a thread that publishes nothing, what it has entered last may be what it waits for. */
	return a->ref == b->ref && a->want == b->want && a->since == b->since &&
	       a->depth == b->depth &&
	       (a->want || (a->depth ? a->entries[a->depth - 1].lock : 0) == top);
}

static void take(struct watch_trace *trace, size_t index, const struct trace_held *held,
		 uint64_t old_top, double now)
{
	struct watched *thread = &trace->threads[index];
	const struct watched before = *thread;
	size_t room = (held->head.size - sizeof(*held)) / sizeof(struct trace_held_entry);

	*thread = (struct watched){
		.ref = held->thread,
		.op = held->want_op,
		.want = held->want,
		.since = held->want_since,
		.mutex = held->want_mutex,
		.entries = (const struct trace_held_entry *)(held + 1),
		.first_seen = before.first_seen,
	};
	while (thread->depth < room && thread->entries[thread->depth].lock)
		thread->depth++;
	if (!before.first_seen || !is_same(thread, &before, old_top))
		thread->first_seen = now;
}

static void add_thread(struct watch_trace *trace)
{
	/* Full whenever the count is a power of two. */
	if (!(trace->thread_count & (trace->thread_count - 1)))
		trace->threads = xreallocarray(trace->threads,
					       trace->thread_count ? 2 * trace->thread_count : 1,
					       sizeof(*trace->threads));
	trace->threads[trace->thread_count++] = (struct watched){0};
}

/* What each thread had entered last: the copy is about to be overwritten. */
static uint64_t *remember_tops(const struct watch_trace *trace)
{
	uint64_t *tops = xcalloc(trace->thread_count + 1, sizeof(*tops));

	for (size_t i = 0; i < trace->thread_count; i++)
		if (trace->threads[i].depth)
			tops[i] = trace->threads[i].entries[trace->threads[i].depth - 1].lock;
	return tops;
}

static void take_all(struct watch_trace *trace, const uint64_t *tops, size_t known, double now)
{
	size_t index = 0;

	for (size_t r = 0; r < trace->region_count; r++) {
		const char *start = trace->copy + trace->regions[r].place;
		const struct trace_chunk *chunk = (const struct trace_chunk *)start;
		uint32_t used = chunk->used <= trace->regions[r].size ? chunk->used : 0;

		for (uint32_t at = sizeof(*chunk); at + sizeof(struct trace_held) <= used;) {
			const struct trace_held *held = (const struct trace_held *)(start + at);

			if (held->head.size < sizeof(*held) || held->head.size > used - at)
				break;
			at += held->head.size;
			if (held->head.type != TRACE_TYPE_held)
				continue;
			if (index == trace->thread_count)
				add_thread(trace);
			take(trace, index, held, index < known ? tops[index] : 0, now);
			index++;
		}
	}
}

static bool look(struct watch_trace *trace, int fd, double now)
{
	struct trace_header header;
	size_t known = trace->thread_count;
	uint64_t *tops;
	bool good = true;

	if (!read_at(fd, &header, sizeof(header), 0) ||
	    memcmp(header.magic, TRACE_MAGIC, sizeof(header.magic)) ||
	    header.version != TRACE_VERSION)
		return false;
	trace->pid = (pid_t)header.pid;
	trace->over = header.end != TRACE_END_running;
	tops = remember_tops(trace);
	find_regions(trace, fd, header.allocated);
	for (size_t i = 0; good && i < trace->region_count; i++)
		good = read_at(fd, trace->copy + trace->regions[i].place, trace->regions[i].size,
			       trace->regions[i].offset);
	if (good)
		take_all(trace, tops, known, now);
	else
		trace->thread_count = 0;
	free(tops);
	return good;
}

static int open_trace(const struct watch_trace *trace)
{
	return open(trace->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
}

bool watch_trace_look(struct watch_trace *trace, double now)
{
	int fd = open_trace(trace);
	bool good = fd >= 0 && look(trace, fd, now);

	if (fd >= 0)
		close(fd);
	return good;
}

void watch_trace_ops(const struct watch_trace *trace, const struct watched *thread, uint16_t *ops)
{
	int fd = open_trace(trace);

	for (uint32_t i = 0; i < thread->depth; i++) {
		uint32_t ref = thread->entries[i].node;
		struct trace_node node;

		ops[i] = fd >= 0 && ref && read_at(fd, &node, sizeof(node), (uint64_t)ref * 8) &&
					 node.head.type == TRACE_TYPE_node
				 ? node.op
				 : 0;
	}
	if (fd >= 0)
		close(fd);
}

bool watched_may_wait(const struct watched *thread)
{
	return watched_waits(thread) ||
	       (thread->ref && thread->want && thread->since && thread->mutex);
}

bool watched_waits(const struct watched *thread)
{
	return thread->ref && thread->want && thread->since &&
	       !(op_flags((uint16_t)thread->op) & (TRACE_OP_TIMED | TRACE_OP_TRY));
}
