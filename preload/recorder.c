/* Owns the recorder's own life: start, fork, exec, end. */
#include "recorder.h"

#include "alarms.h"
#include "annotations.h"
#include "arena.h"
#include "between.h"
#include "cancel.h"
#include "confined.h"
#include "deadlock.h"
#include "forked.h"
#include "graves.h"
#include "handlers.h"
#include "inherited.h"
#include "join.h"
#include "locks.h"
#include "misuse.h"
#include "modules.h"
#include "options.h"
#include "raw_calls.h"
#include "reaped.h"
#include "spans.h"
#include "stacks.h"
#include "sync.h"
#include "system.h"
#include "thread_misuse.h"
#include "tree.h"
#include "trials.h"
#include "twins.h"
#include "unordered.h"
#include "walk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS_MAX = 16 << 10, OPEN_STACK = 64 << 10 };

enum recorder_state recorder_state;
struct trace_cursor recorder_cursor = {.next_size = 16 << 10};
__thread struct thread *current_thread;

static struct slow fork_slow;
static const char *library_path;

const char *recorder_library(void)
{
	return library_path;
}

static void find_library(void)
{
	const struct link_map *map = real_object((void *)(uintptr_t)&recorder_library);

	if (map)
		library_path = map->l_name;
}

/* children=0: what this process starts later shall not load us. Edits LD_PRELOAD's value in place.
 */
static void leave_environment(void)
{
	char *preload = getenv("LD_PRELOAD"), *found;
	size_t length = library_path ? strlen(library_path) : 0;

	found = preload && length ? strstr(preload, library_path) : NULL;
	if (!found)
		return;
	if (found[length] == ':' || found[length] == ' ')
		length++;
	memmove(found, found + length, strlen(found + length) + 1);
}

/* The process record: executable, then the arguments as the kernel has them. */
static void write_process(void)
{
	struct trace_process *record;
	char *text, *buffer = arena_alloc(ARGUMENTS_MAX);
	long exe, arguments = 0, length;
	size_t tail;
	int fd;

	if (!buffer)
		return;
	exe = stpcpy(buffer, modules_program()) + 1 - buffer;
	text = buffer + exe;
	fd = sys_open("/proc/self/cmdline", O_RDONLY, 0);
	if (fd >= 0) {
		while ((length = sys_read(fd, text + arguments,
					  (size_t)(ARGUMENTS_MAX - exe - arguments - 1))) > 0)
			arguments += length;
		sys_close(fd);
	}
	if (arguments && text[arguments - 1])
		text[arguments++] = '\0';
	tail = ((size_t)(exe + arguments) + 7) & ~(size_t)7;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_process, sizeof(*record) + tail);
	if (record) {
		record->pid = trace_header->pid;
		memcpy(record + 1, buffer, (size_t)(exe + arguments));
		for (long i = 0; i < arguments; i++)
			record->argument_count += text[i] == '\0';
		trace_commit(&recorder_cursor, record);
	}
	arena_free(buffer, ARGUMENTS_MAX);
}

static void open_trace(void *done)
{
	*(bool *)done = trace_open();
}

/* Opening needs a few kilobytes of paths: not on the program's stack. */
static bool open_trace_aside(void)
{
	char *stack = sys_mmap(OPEN_STACK, -1);
	bool done = false;

	if (!stack)
		return false;
	call_on_stack(stack + OPEN_STACK, open_trace, &done);
	sys_munmap(stack, OPEN_STACK);
	return done;
}

void __tsan_init(void) __attribute__((weak));

/*
 * ThreadSanitizer intercepts the C library's functions, also where the recorder calls them, and
 * would report what the recorder does as races. Its runtime is known by its entry; gcc's, when it
 * is linked statically, only by the functions that the executable then has instead of the C
 * library, and nobody else has such a _setjmp.
 */
static bool tsan_is_here(void)
{
	void *jump = dlsym(RTLD_DEFAULT, "_setjmp");

	return __tsan_init || (jump && real_object(jump) &&
			       !real_same_object(jump, (void *)(uintptr_t)&gnu_get_libc_version));
}

/* The trace says that nothing was recorded, and why. */
static void stand_aside(void)
{
	trace_drop(TRACE_DROP_sanitizer);
	trace_unmap(trace_detach());
	recorder_state = RECORDER_OFF;
}

static uint32_t thread_state_here(void)
{
	return sys_gettid() == sys_getpid() ? TRACE_THREAD_MAIN | TRACE_THREAD_STARTED
					    : TRACE_THREAD_FOREIGN | TRACE_THREAD_STARTED;
}

/* The first thing that happens to us: our constructor, or a lock call before it. */
static void start(void)
{
	options_parse(getenv(GORDIAN_OPTIONS_VARIABLE));
	modules_init();
	cancel_init();
	find_library();
	if (!options.children)
		leave_environment();
	if (!threads_init() || !open_trace_aside()) {
		recorder_state = RECORDER_OFF;
		return;
	}
	write_process();
	modules_note_first();
	if (tsan_is_here()) {
		stand_aside();
		return;
	}
	handlers_write();
	alarms_begin();
	alarms_write();
	recorder_state = RECORDER_ON;
}

static int forked_pid; /* the child that is RECORDER_FORKED */

/* Nothing refers to the parent's trace any more. */
static void forget_trace(void)
{
	recorder_cursor = (struct trace_cursor){.next_size = 16 << 10};
	stacks_reset_refs();
	locks_reset_refs();
	graves_reset_refs();
	misuse_reset();
	thread_misuse_reset();
	join_reset();
	twins_reset();
	between_reset();
	spans_reset();
	raw_calls_reset();
	handlers_reset_refs();
	deadlock_reset();
	trials_reset();
	sync_reset();
	forked_reset();
	reaped_reset();
	unordered_reset();
	alarms_unwritten();
}

/* The child of a fork does something: it gets a trace of its own. */
static struct thread *restart(void)
{
	struct trace_header *old = trace_detach();
	struct thread *self;

	forget_trace();
	if (!confined_may_open() || !open_trace_aside()) {
		/* The mapping is still the parent's file: tell it there. */
		if (old)
			__atomic_fetch_add(&old->drops[TRACE_DROP_process], 1, __ATOMIC_RELAXED);
		trace_unmap(old);
		recorder_state = RECORDER_OFF;
		return NULL;
	}
	write_process();
	handlers_write();
	alarms_write();
	modules_reset_refs();
	annotations_reset();
	threads_after_fork(inherited_from());
	self = thread_register(TRACE_THREAD_MAIN | TRACE_THREAD_STARTED);
	inherited_settle(self, old);
	trace_unmap(old);
	recorder_state = RECORDER_ON;
	return self;
}

/* Whether this is the process with that number, and not a vfork child in its memory. */
static bool is_running(uint32_t pid)
{
	return !recorder_vforked && pid == (uint32_t)sys_getpid();
}

struct thread *thread_self_slow(void)
{
	struct thread *self = NULL;
	struct slow slow;

	if (recorder_state == RECORDER_OFF || recorder_state == RECORDER_STARTING)
		return NULL;
	/* A vfork child in the memory of the child: the trace is to be that one's. */
	if (recorder_state == RECORDER_FORKED && !is_running((uint32_t)forked_pid))
		return NULL;
	slow_begin(&slow, NULL);
	if (recorder_state == RECORDER_NEW) {
		recorder_state = RECORDER_STARTING;
		start();
	}
	if (recorder_state == RECORDER_FORKED) {
		forked_begins();
		recorder_state = RECORDER_STARTING;
		self = restart();
	} else if (recorder_state == RECORDER_ON) {
		self = thread_register(thread_state_here());
		if (!self)
			trace_drop(TRACE_DROP_thread);
	}
	current_thread = self;
	slow_end(&slow);
	return self;
}

static void before_fork(void)
{
	slow_begin(&fork_slow, NULL);
	if (recorder_state == RECORDER_ON)
		inherited_take();
	if (current_thread)
		twins_fork(current_thread);
	forked_prepare(current_thread);
}

static void after_fork_parent(void)
{
	/* In a child that has not started its own trace yet it is still to be used. */
	if (recorder_state == RECORDER_ON)
		inherited_forget();
	forked_finish(false);
	slow_end(&fork_slow);
	/* What it does from now on, it does beside its child. */
	if (recorder_state == RECORDER_ON && current_thread)
		tree_next_epoch(current_thread);
}

static void after_fork_child(void)
{
	if (recorder_state == RECORDER_ON)
		recorder_state = options.children ? RECORDER_FORKED : RECORDER_OFF;
	recorder_vforked = 0;
	forked_pid = sys_getpid();
	current_thread = NULL;
	forked_finish(true);
	slow_end(&fork_slow);
}

void recorder_watch_forks(int (*enlist)(void (*prepare)(void), void (*parent)(void),
					void (*child)(void), void *module))
{
	static bool watched;

	if (watched)
		return;
	watched = true;
	enlist(before_fork, after_fork_parent, after_fork_child, NULL);
}

void recorder_before_fork(void)
{
	before_fork();
}

void recorder_after_fork(bool child)
{
	const int error = errno; /* before the fork there was none of it */

	if (child)
		after_fork_child();
	else
		after_fork_parent();
	errno = error;
}

bool recorder_in_vfork_child(void)
{
	return recorder_state == RECORDER_ON && !is_running(trace_header->pid);
}

bool recorder_in_forked_child(void)
{
	return recorder_state == RECORDER_FORKED && is_running((uint32_t)forked_pid);
}

/* Whether this is the process that the trace belongs to, and not a vfork child in its memory. */
static bool own_process(void)
{
	if (recorder_state == RECORDER_FORKED)
		thread_self();
	return recorder_state == RECORDER_ON && is_running(trace_header->pid);
}

/* The child of a fork that did nothing but end has nothing worth a trace, either: it is counted in
 * that of its parent, which is still mapped. */
static bool end_idle(void)
{
	if (!recorder_in_forked_child() || !forked_idle())
		return false;
	recorder_state = RECORDER_OFF;
	return true;
}

void recorder_end(enum trace_end end, int value)
{
	struct slow slow;

	if (end_idle())
		return;
	if (!own_process() || trace_header->end != TRACE_END_running)
		return;
	slow_begin(&slow, current_thread);
	trace_end(end, value);
	slow_end(&slow);
}

static bool is_other(struct thread *thread, void *self)
{
	return thread != self;
}

void recorder_end_thread(int value)
{
	bool others = false;
	struct slow slow;

	if (recorder_state == RECORDER_ON) {
		slow_begin(&slow, current_thread);
		others = threads_find(is_other, current_thread);
		slow_end(&slow);
	}
	if (!others)
		recorder_end(TRACE_END_quick_exit, value);
}

void recorder_limited(void)
{
	const bool own = recorder_state == RECORDER_ON && is_running(trace_header->pid);
	struct slow slow;

	if (!own && !recorder_in_forked_child())
		return;
	slow_begin(&slow, current_thread);
	trace_narrow(own);
	slow_end(&slow);
}

void recorder_starts_other(void)
{
	if (recorder_state == RECORDER_FORKED)
		forked_begins();
}

struct trace_exec *recorder_exec(const char *path)
{
	size_t length = path ? strlen(path) + 1 : 1;
	struct trace_exec *record;
	struct slow slow;

	recorder_starts_other();
	/* A fork child that did nothing but exec has nothing worth a trace. */
	if (recorder_state != RECORDER_ON || !own_process())
		return NULL;
	slow_begin(&slow, current_thread);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_exec,
			     (sizeof(*record) + length + 7) & ~(size_t)7);
	if (record) {
		record->thread = current_thread ? current_thread->ref : 0;
		memcpy(record + 1, path ? path : "", length);
		trace_commit(&recorder_cursor, record);
		trace_end(TRACE_END_exec, 0);
	}
	slow_end(&slow);
	return record;
}

void recorder_exec_failed(struct trace_exec *record)
{
	struct slow slow;

	if (!record)
		return;
	slow_begin(&slow, current_thread);
	record->failed = 1;
	trace_resume();
	slow_end(&slow);
}

static void at_exit(int status, void *unused)
{
	(void)unused;
	recorder_end(TRACE_END_exit, status);
}

/*
 * on_exit handlers run last to first, so ours, registered before main, runs after the program's own
 * and after every library's destructors.
 */
static __attribute__((constructor)) void construct(void)
{
	real_resolve_early();
	if (!thread_self() || recorder_state != RECORDER_ON)
		return;
	watch_forks();
	on_exit(at_exit, NULL);
	/* What the unwinder locks while it sets itself up is not the program's. */
	current_thread->busy = THREAD_RECORDER;
	walk_load();
	current_thread->busy = THREAD_IDLE;
}
