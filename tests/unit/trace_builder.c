/* Owns the image: its chunks, the records of a process and its threads, the way into a file. */
#include "trace_builder.h"

#include <assert.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "record_table.h"
#include "xalloc.h"

enum { CHUNK_SIZE = 64 << 10, MOST = 1 << 30 };

struct trace_builder {
	char *image; /* MOST bytes of address space, so that it never moves */
	struct trace_chunk *chunk;
	uint32_t threads;
};

struct trace_builder *builder_new(void)
{
	struct trace_builder *builder = xcalloc(1, sizeof(*builder));

	builder->image = mmap(NULL, MOST, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert(builder->image != MAP_FAILED);
	*builder_header(builder) = (struct trace_header){
		.magic = {'G', 'O', 'R', 'D', 'I', 'A', 'N', '\n'},
		.version = TRACE_VERSION,
		.byte_order = TRACE_BYTE_ORDER,
		.header_size = TRACE_HEADER_SIZE,
		.pointer_size = sizeof(void *),
		.window = MOST,
		.allocated = TRACE_HEADER_SIZE,
		.pid = 100,
		.parent_pid = 1,
		.start_realtime_ns = 1,
		.ticks = {1000, 1000001000},
		.mono_ns = {5000, 1000005000},
		.nominal_hz = 1000000000,
		.end = TRACE_END_exit,
		.end_mono_ns = 1000005000,
	};
	return builder;
}

void builder_free(struct trace_builder *builder)
{
	munmap(builder->image, MOST);
	free(builder);
}

struct trace_header *builder_header(struct trace_builder *builder)
{
	return (struct trace_header *)builder->image;
}

char *builder_image(struct trace_builder *builder)
{
	return builder->image;
}

void *builder_at(struct trace_builder *builder, uint32_t reference)
{
	return builder->image + (uint64_t)reference * 8;
}

void builder_chunk(struct trace_builder *builder)
{
	builder->chunk = NULL;
}

void builder_into(struct trace_builder *builder, uint32_t chunk)
{
	builder->chunk = builder_at(builder, chunk);
}

static uint64_t round_up(uint64_t value, uint64_t unit)
{
	return (value + unit - 1) / unit * unit;
}

/* A chunk that has `size` bytes free. */
static void take_chunk(struct trace_builder *builder, size_t size)
{
	struct trace_header *header = builder_header(builder);
	size_t whole = round_up(sizeof(struct trace_chunk) + size, TRACE_CHUNK_ALIGN);

	builder->chunk = (struct trace_chunk *)(builder->image + header->allocated);
	*builder->chunk = (struct trace_chunk){
		.magic = TRACE_CHUNK_MAGIC,
		.size = (uint32_t)whole,
		.used = sizeof(struct trace_chunk),
	};
	header->allocated += whole;
	assert(header->allocated <= MOST);
}

static bool is_last(struct trace_builder *builder, const struct trace_chunk *chunk)
{
	return (const char *)chunk + chunk->size ==
	       builder->image + builder_header(builder)->allocated;
}

/* Whether the record fits, if need be after the newest chunk has grown. */
static bool chunk_fits(struct trace_builder *builder, size_t size)
{
	struct trace_chunk *chunk = builder->chunk;

	if (!chunk || chunk->used + size > CHUNK_SIZE)
		return false;
	while (chunk->used + size > chunk->size && is_last(builder, chunk)) {
		chunk->size += TRACE_CHUNK_ALIGN;
		builder_header(builder)->allocated += TRACE_CHUNK_ALIGN;
	}
	return chunk->used + size <= chunk->size;
}

uint32_t builder_record(struct trace_builder *builder, enum trace_type type, size_t tail)
{
	const size_t size = round_up(record_kind((uint16_t)type)->size + tail, 8);
	struct trace_record *record;

	if (!chunk_fits(builder, size))
		take_chunk(builder, size);
	record = (struct trace_record *)((char *)builder->chunk + builder->chunk->used);
	*record = (struct trace_record){.type = (uint16_t)type, .size = (uint32_t)size};
	builder->chunk->used += (uint32_t)size;
	return (uint32_t)(((char *)record - builder->image) / 8);
}

uint32_t builder_process(struct trace_builder *builder, const char *exe, ...)
{
	size_t size = strlen(exe) + 1;
	uint32_t count = 0, reference;
	struct trace_process *process;
	char *text;
	va_list list;

	va_start(list, exe);
	for (const char *argument; (argument = va_arg(list, const char *)); count++)
		size += strlen(argument) + 1;
	va_end(list);
	reference = builder_record(builder, TRACE_TYPE_process, size);
	process = builder_at(builder, reference);
	process->pid = builder_header(builder)->pid;
	process->argument_count = count;
	text = stpcpy((char *)(process + 1), exe) + 1;
	va_start(list, exe);
	for (const char *argument; (argument = va_arg(list, const char *));)
		text = stpcpy(text, argument) + 1;
	va_end(list);
	return reference;
}

uint32_t builder_module(struct trace_builder *builder, const char *path, const char *build_id,
			uint64_t start, uint64_t end)
{
	uint32_t reference =
		builder_record(builder, TRACE_TYPE_module, strlen(path) + 1 + strlen(build_id) + 1);
	struct trace_module *module = builder_at(builder, reference);

	module->start = module->bias = start;
	module->end = end;
	module->unloaded = UINT32_MAX;
	strcpy(stpcpy((char *)(module + 1), path) + 1, build_id);
	return reference;
}

uint32_t builder_main(struct trace_builder *builder)
{
	uint32_t reference = builder_thread(builder, 0, 0);
	struct trace_thread *thread = builder_at(builder, reference);

	thread->state |= TRACE_THREAD_MAIN;
	return reference;
}

uint32_t builder_thread(struct trace_builder *builder, uint32_t creator, uint32_t create_epoch)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_thread, 0);
	struct trace_thread *thread = builder_at(builder, reference);

	thread->number = ++builder->threads;
	thread->tid = 99 + thread->number;
	thread->creator = creator;
	thread->create_epoch = create_epoch;
	thread->state = TRACE_THREAD_STARTED;
	return reference;
}

void builder_join(struct trace_builder *builder, uint32_t reference, uint32_t joiner,
		  uint32_t join_epoch)
{
	struct trace_thread *thread = builder_at(builder, reference);

	thread->state |= TRACE_THREAD_ENDED | TRACE_THREAD_JOINED;
	thread->joined_by = joiner;
	thread->join_epoch = join_epoch;
}

void builder_limited_join(struct trace_builder *builder, uint32_t thread, uint32_t join_epoch,
			  uint32_t stack)
{
	struct trace_limited_join *join =
		builder_at(builder, builder_record(builder, TRACE_TYPE_limited_join, 0));

	join->thread = thread;
	join->join_epoch = join_epoch;
	join->stack = stack;
}

uint32_t builder_stack(struct trace_builder *builder, size_t count, const uint64_t *pcs)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_stack, count * sizeof(*pcs));
	struct trace_stack *stack = builder_at(builder, reference);

	stack->count = (uint16_t)count;
	memcpy(stack + 1, pcs, count * sizeof(*pcs));
	return reference;
}

uint32_t builder_exec(struct trace_builder *builder, uint32_t thread, const char *path, bool failed)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_exec, strlen(path) + 1);
	struct trace_exec *exec = builder_at(builder, reference);

	exec->thread = thread;
	exec->failed = failed;
	strcpy((char *)(exec + 1), path);
	return reference;
}

uint32_t builder_forked(struct trace_builder *builder, uint32_t thread, uint32_t parent_pid,
			uint64_t parent_start)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_forked, 0);
	struct trace_forked *forked = builder_at(builder, reference);

	forked->thread = thread;
	forked->parent_pid = parent_pid;
	forked->parent_start = parent_start;
	forked->thread_number = 1;
	forked->epoch = 2;
	return reference;
}

static void add_futex(struct trace_builder *builder, uint32_t stack)
{
	struct trace_futex *futex =
		builder_at(builder, builder_record(builder, TRACE_TYPE_futex, 0));

	futex->stack = stack;
	futex->count = 3;
}

static void add_wakes(struct trace_builder *builder)
{
	struct trace_wakes *wakes =
		builder_at(builder, builder_record(builder, TRACE_TYPE_wakes, 0));

	wakes->objects[1] = 0x500;
	wakes->ticks[1] = builder_header(builder)->ticks[0] + 5;
}

static void add_across(struct trace_builder *builder, uint32_t node)
{
	struct trace_across *across =
		builder_at(builder, builder_record(builder, TRACE_TYPE_across, 0));

	across->node = node;
	across->first_epoch = 1;
	across->last_epoch = 2;
	across->step = 1;
}

static void add_blind(struct trace_builder *builder, uint32_t thread)
{
	struct trace_blind *blind =
		builder_at(builder, builder_record(builder, TRACE_TYPE_blind, 0));

	blind->thread = thread;
	blind->epoch = 3;
}

static void add_guarded(struct trace_builder *builder, uint32_t thread, uint32_t node)
{
	struct trace_guarded *guarded =
		builder_at(builder, builder_record(builder, TRACE_TYPE_guarded, 0));

	guarded->thread = thread;
	guarded->node = node;
}

void builder_alike(struct trace_builder *builder, uint32_t thread, uint64_t count)
{
	struct trace_alike *alike =
		builder_at(builder, builder_record(builder, TRACE_TYPE_alike, 0));

	alike->thread = thread;
	alike->count = count;
}

static void add_task(struct trace_builder *builder, uint32_t thread)
{
	struct trace_task *task = builder_at(builder, builder_record(builder, TRACE_TYPE_task, 0));

	task->thread = task->creator = thread;
	task->kind = TRACE_TASK_begun;
	task->flags = TRACE_TASK_INSIDE;
	task->epoch = 3;
	task->number = 1;
	task->create_epoch = 2;
	task->fence = 1;
}

static void add_signal(struct trace_builder *builder, uint32_t node)
{
	struct trace_signal *signal =
		builder_at(builder, builder_record(builder, TRACE_TYPE_signal, 0));

	signal->node = node;
	signal->epoch = 1;
}

uint32_t builder_script(struct trace_builder *builder, uint32_t caller, uint32_t line,
			const char *file, const char *function)
{
	size_t length = strlen(file) + 1, more = strlen(function) + 1;
	uint32_t reference = builder_record(builder, TRACE_TYPE_script, length + more);
	struct trace_script *script = builder_at(builder, reference);

	script->caller = caller;
	script->line = line;
	memcpy(script + 1, file, length);
	memcpy((char *)(script + 1) + length, function, more);
	return reference;
}

uint32_t builder_calls(struct trace_builder *builder, uint32_t stack, uint32_t innermost)
{
	uint32_t reference = builder_record(builder, TRACE_TYPE_calls, 0);
	struct trace_calls *calls = builder_at(builder, reference);

	calls->stack = stack;
	calls->innermost = innermost;
	return reference;
}

static void add_sync(struct trace_builder *builder, uint32_t thread, uint32_t stack)
{
	struct trace_sync *sync = builder_at(builder, builder_record(builder, TRACE_TYPE_sync, 0));

	sync->thread = thread;
	sync->stack = stack;
	sync->object = 0x1234;
	sync->count = 1;
}

struct trace_builder *builder_rich(void)
{
	static const uint64_t pcs[] = {0x401100, 0x401200, 0x401300};
	struct trace_builder *b = builder_new();
	uint32_t main, worker, other, stack, first, second, outer, inner, held;

	builder_process(b, "/bin/prog", "prog", "-x", NULL);
	builder_module(b, "/bin/prog", "0123abcd", 0x400000, 0x500000);
	main = builder_main(b);
	worker = builder_thread(b, main, 0);
	other = builder_thread(b, main, 1);
	stack = builder_stack(b, 3, pcs);
	first = builder_lock(b, 0x600000, stack);
	second = builder_lock(b, 0x600040, stack);
	builder_holds(b, first, 5, 100);
	builder_chunk(b);
	outer = builder_node(b, worker, 0, first, stack, TRACE_OP_mutex_lock, 10);
	inner = builder_node(b, worker, outer, second, stack, TRACE_OP_mutex_trylock, 3);
	builder_trial(b, inner, 1, 0, 2);
	builder_span(b, outer, 0, 1);
	builder_newest(b, outer, 3, 4);
	builder_wait(b, outer, stack, 2, 3000);
	builder_chunk(b);
	held = builder_held(b, worker, 3);
	builder_hold(b, held, outer);
	builder_hold(b, held, inner);
	builder_exec(b, main, "/bin/next", true);
	builder_join(b, other, main, 3);
	builder_misuse(b, TRACE_MISUSE_unlock_not_owner, worker, first);
	builder_count(b, builder_counts(b, worker, 4), 1, inner, 7);
	builder_identity(b, second, 4096);
	builder_forked(b, main, 1, 1);
	builder_label(b, first, "the first", "a class", 3);
	builder_ignored(b, worker, 2);
	builder_deadlock(b, 1, 0, 1, worker, first);
	builder_handlers(b, 2);
	builder_runtime(b, 2);
	builder_alarms(b, 2);
	builder_children(b, 1);
	builder_unordered(b, 2, 1);
	builder_begun(b, 2);
	add_sync(b, worker, stack);
	builder_event(b, worker, second, TRACE_EVENT_taken, 1, 3);
	builder_tally(b, worker, second, TRACE_EVENT_taken, 2, 1);
	add_futex(b, stack);
	add_wakes(b);
	builder_reaped(b, 7, 9, 5);
	builder_awaited(b, 7, worker, 3, inner, 5);
	builder_open_file(b, second, 7);
	add_across(b, inner);
	add_blind(b, worker);
	builder_limited_join(b, worker, 2, stack);
	add_guarded(b, worker, outer);
	builder_alike(b, worker, 3);
	add_signal(b, inner);
	add_task(b, worker);
	builder_calls(b, stack, builder_script(b, 0, 7, "/x/prog.py", "run"));
	return b;
}

static void write_fd(const struct trace_builder *builder, int fd)
{
	const uint64_t size = ((struct trace_header *)builder->image)->allocated;

	for (uint64_t done = 0; done < size;) {
		ssize_t wrote = write(fd, builder->image + done, size - done);

		assert(wrote > 0);
		done += (uint64_t)wrote;
	}
	close(fd);
}

void builder_write(const struct trace_builder *builder, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert(fd >= 0);
	write_fd(builder, fd);
}

bool builder_read(const struct trace_builder *builder, struct model *model,
		  struct reader_error *error)
{
	char path[] = "/tmp/trace_builder.XXXXXX";
	int fd = mkstemp(path);
	bool good;

	assert(fd >= 0);
	write_fd(builder, fd);
	good = reader_add_file(model, path, error);
	unlink(path);
	return good;
}
