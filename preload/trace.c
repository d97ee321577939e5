/* Owns the trace file: its window, its chunks, its end. */
#include "trace.h"

#include "options.h"
#include "real.h"
#include "system.h"
#include "twins.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

enum {
	POPULATE_STEP = 64 << 10,
	SMALLEST_WINDOW = 1 << 20,
	LARGEST_CHUNK = 64 << 10,
	LARGEST_PART = 16, /* of all there is so far: what is left unused of it is not much */
	RESERVE = 1 << 20,
	MAX_SAME_PID = 10000,
};

struct trace_header *trace_header;
static uint64_t populated;	       /* bytes of the window whose pages exist */
static uint64_t limit;		       /* bytes that may be populated now */
static uint64_t mapped, mapped_before; /* bytes of it that are mapped; of the one let go of */
static char trace_path[PATH_MAX];

const char *trace_file(void)
{
	return trace_path;
}

static uint64_t round_up(uint64_t value, uint64_t unit)
{
	return (value + unit - 1) / unit * unit;
}

/* Asks for pages up to `end`. */
static bool populate(uint64_t end)
{
	char *start = (char *)trace_header + populated;
	int result;

	if (end <= populated)
		return true;
	if (end > limit)
		return false;
	result = sys_madvise(start, end - populated, MADV_POPULATE_WRITE);
	if (result == -EINVAL) {
		int fd = sys_open(trace_path, O_RDWR | O_NOFOLLOW, 0);

		result = fd < 0 ? fd : sys_fallocate(fd, populated, end - populated);
		if (fd >= 0)
			sys_close(fd);
	}
	if (result)
		return false;
	populated = end;
	return true;
}

static bool populate_ahead(uint64_t end)
{
	uint64_t ahead = round_up(end, POPULATE_STEP);

	/* What is there up to the limit says nothing of what is asked for beyond it. */
	if (end > limit)
		return false;
	return populate(ahead < limit ? ahead : limit) || populate(end);
}

void trace_reserve(void)
{
	uint64_t end = trace_header->allocated + RESERVE;

	populate(end < limit ? end : limit);
}

/* More than its limit is a signal that ends the program. */
static bool may_have_size(uint64_t size)
{
	struct rlimit rlimit;

	return getrlimit(RLIMIT_FSIZE, &rlimit) == 0 && rlimit.rlim_cur >= size;
}

/* The largest window that the limits of the process allow. */
static uint64_t choose_window(void)
{
	uint64_t window = (options.max_trace ? options.max_trace : 1) << 20;
	struct rlimit rlimit;

	if (getrlimit(RLIMIT_FSIZE, &rlimit) == 0 && rlimit.rlim_cur < window)
		window = rlimit.rlim_cur;
	if (getrlimit(RLIMIT_AS, &rlimit) == 0 && rlimit.rlim_cur / 8 < window)
		window = rlimit.rlim_cur / 8;
	if (window > (uint64_t)UINT32_MAX * 8)
		window = (uint64_t)UINT32_MAX * 8;
	return window / POPULATE_STEP * POPULATE_STEP;
}

/*
 * The name the program was called by, as files are named after it. Kept from the first time:
 * programs write over their arguments later.
 */
static const char *program_name(void)
{
	static char name[65];

	if (!name[0])
		strncpy(name, program_invocation_short_name, sizeof(name) - 1);
	return name[0] ? name : "program";
}

static int create_file(void)
{
	char cwd[PATH_MAX] = "", directory[PATH_MAX];
	int fd = -EEXIST;

	if (!options.out || options.out[0] != '/') {
		if (!getcwd(cwd, sizeof(cwd)))
			return -ENOENT;
	}
	if (snprintf(directory, sizeof(directory), "%s%s%s", cwd, cwd[0] && options.out ? "/" : "",
		     options.out ? options.out : "") >= (int)sizeof(directory) - 128)
		return -ENAMETOOLONG;
	if (options.out)
		sys_mkdir(directory, 0777);
	for (int i = 1; fd == -EEXIST && i < MAX_SAME_PID; i++) {
		char again[16] = "";

		if (i > 1)
			snprintf(again, sizeof(again), "-%d", i);
		snprintf(trace_path, sizeof(trace_path), "%.3900s/%s.%d%s%s", directory,
			 program_name(), sys_getpid(), again, TRACE_SUFFIX);
		fd = sys_open(trace_path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0644);
	}
	return fd;
}

static void fill_header(uint64_t window)
{
	struct trace_header *header = trace_header;

	*header = (struct trace_header){
		.version = TRACE_VERSION,
		.byte_order = TRACE_BYTE_ORDER,
		.header_size = TRACE_HEADER_SIZE,
		.pointer_size = sizeof(void *),
		.window = window,
		.allocated = TRACE_HEADER_SIZE,
		.pid = (uint32_t)sys_getpid(),
		.parent_pid = (uint32_t)getppid(),
		.start_realtime_ns = sys_clock_ns(CLOCK_REALTIME),
		.nominal_hz = ticks_nominal_hz(),
	};
	header->ticks[0] = header->ticks[1] = ticks_now();
	header->mono_ns[0] = header->mono_ns[1] = sys_clock_ns(CLOCK_MONOTONIC);
	/* Last: a file without the magic is one that was never started. */
	memcpy(header->magic, TRACE_MAGIC, sizeof(header->magic));
}

bool trace_open(void)
{
	uint64_t window = choose_window();
	int fd = create_file();

	if (fd < 0)
		return false;
	for (; window >= SMALLEST_WINDOW; window = window / 2 / POPULATE_STEP * POPULATE_STEP) {
		if (sys_ftruncate(fd, window))
			continue;
		trace_header = sys_mmap(window, fd);
		if (trace_header) {
			/* No reading ahead into the hole: populating 64 KiB took milliseconds. */
			sys_madvise(trace_header, window, MADV_RANDOM);
			break;
		}
	}
	limit = mapped = window;
	populated = 0;
	if (!trace_header || !populate_ahead(TRACE_HEADER_SIZE + 4 * TRACE_CHUNK_ALIGN)) {
		/*
		 * One byte, which takes no room on the disk, tells the reader that a recording was
		 * wanted and failed. An empty file is one whose process was killed before it got
		 * here.
		 */
		if (trace_header)
			sys_munmap(trace_header, window);
		trace_header = NULL;
		if (may_have_size(1))
			sys_ftruncate(fd, 1);
		sys_close(fd);
		return false;
	}
	sys_close(fd);
	fill_header(window);
	return true;
}

struct trace_header *trace_detach(void)
{
	struct trace_header *header = trace_header;

	mapped_before = mapped;
	trace_header = NULL;
	return header;
}

void trace_unmap(struct trace_header *header)
{
	if (header)
		sys_munmap(header, mapped_before);
}

void trace_narrow(bool own)
{
	uint64_t window = choose_window(), least = populated + RESERVE;

	if (!trace_header || window < SMALLEST_WINDOW)
		return;
	window = window > least ? window : least;
	if (window >= mapped)
		return;
	sys_munmap((char *)trace_header + window, mapped - window);
	mapped = window;
	limit = limit < window ? limit : window;
	if (own)
		trace_header->window = window;
}

void trace_drop(enum trace_drop reason)
{
	if (trace_header && trace_header->end == TRACE_END_running)
		__atomic_fetch_add(&trace_header->drops[reason], 1, __ATOMIC_RELAXED);
}

static struct trace_chunk *take_chunk(uint32_t size)
{
	uint64_t start = trace_header->allocated;
	struct trace_chunk *chunk = (struct trace_chunk *)((char *)trace_header + start);

	if (!populate_ahead(start + size))
		return NULL;
	*chunk = (struct trace_chunk){
		.magic = TRACE_CHUNK_MAGIC,
		.size = size,
		.used = sizeof(*chunk),
	};
	/* The chunk must be whole before a reader can see it. */
	__atomic_store_n(&trace_header->allocated, start + size, __ATOMIC_RELEASE);
	return chunk;
}

void *trace_alloc(struct trace_cursor *cursor, enum trace_type type, size_t size)
{
	struct trace_chunk *chunk = cursor->chunk;
	struct trace_record *record;

	if (!trace_header)
		return NULL;
	twins_written(type);
	if (!chunk || chunk->used + size > chunk->size) {
		uint64_t needed = round_up(sizeof(*chunk) + size, TRACE_CHUNK_ALIGN);

		if (cursor->next_size < TRACE_CHUNK_ALIGN)
			cursor->next_size = TRACE_CHUNK_ALIGN;
		chunk = take_chunk(cursor->next_size > needed ? cursor->next_size
							      : (uint32_t)needed);
		if (!chunk) {
			trace_drop(TRACE_DROP_no_space);
			return NULL;
		}
		cursor->chunk = chunk;
		if (cursor->next_size < LARGEST_CHUNK &&
		    cursor->next_size < trace_header->allocated / LARGEST_PART)
			cursor->next_size *= 2;
	}
	record = (struct trace_record *)((char *)chunk + chunk->used);
	*record = (struct trace_record){.type = (uint16_t)type, .size = (uint32_t)size};
	return record;
}

void trace_commit(struct trace_cursor *cursor, const void *record)
{
	struct trace_chunk *chunk = cursor->chunk;

	/* Release: whoever sees the new `used` sees the record. */
	__atomic_store_n(&chunk->used, chunk->used + ((const struct trace_record *)record)->size,
			 __ATOMIC_RELEASE);
}

void trace_touch_clock(void)
{
	uint64_t now = sys_clock_ns(CLOCK_MONOTONIC);

	if (now - trace_header->mono_ns[1] < 1000000 && now - trace_header->mono_ns[0] > 1000000)
		return;
	trace_header->mono_ns[1] = now;
	trace_header->ticks[1] = ticks_now();
}

void trace_end(enum trace_end end, int value)
{
	if (!trace_header)
		return;
	trace_header->mono_ns[1] = 0;
	trace_touch_clock();
	trace_header->end_value = value;
	trace_header->end_mono_ns = trace_header->mono_ns[1];
	__atomic_store_n(&trace_header->end, end, __ATOMIC_RELEASE);
	/*
	 * Other threads may still run: they write only below `allocated`, and from here on nothing
	 * more is allocated, so the file can be cut there under their feet.
	 */
	limit = trace_header->allocated;
	sys_truncate(trace_path, limit);
}

void trace_resume(void)
{
	if (!trace_header)
		return;
	__atomic_store_n(&trace_header->end, TRACE_END_running, __ATOMIC_RELEASE);
	trace_header->end_mono_ns = 0;
	/* Pages beyond the cut are gone; they are populated again when they are needed. */
	if (populated > limit)
		populated = limit;
	if (sys_truncate(trace_path, trace_header->window) == 0)
		limit = trace_header->window;
}
