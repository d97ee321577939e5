/*
 * Owns every struct thread: prepared, adopted, ended, used again.
 *
 * A thread's end is the last round of its TSD destructors: ours sets its key again in each round
 * but the last (POSIX: at most PTHREAD_DESTRUCTOR_ITERATIONS rounds). Destructors that lock after
 * that register the thread again under its old record ("late"); such a struct is used again once
 * the kernel thread is gone.
 */
#include "arena.h"
#include "confined.h"
#include "forerun.h"
#include "frames.h"
#include "guarded.h"
#include "held_stack.h"
#include "late.h"
#include "modules.h"
#include "options.h"
#include "provisional.h"
#include "recorder.h"
#include "repeats.h"
#include "roster.h"
#include "stacks.h"
#include "system.h"
#include "table.h"
#include "thread_handles.h"
#include "thread_misuse.h"
#include "tree.h"
#include "twins.h"

#include <limits.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

enum { ROUNDS = PTHREAD_DESTRUCTOR_ITERATIONS };

static struct thread *live_threads, *free_threads, *late_threads;
static uint32_t thread_numbers;
static pthread_key_t key;
static struct thread forked; /* the thread that called fork, as far as its stack goes */
static char process_name[TRACE_NAME_SIZE];

static void key_destructor(void *argument)
{
	struct thread *self = argument;

	if (self != current_thread)
		return;
	if (++self->passes < ROUNDS && pthread_setspecific(key, self) == 0)
		return;
	thread_end(self);
}

bool threads_init(void)
{
	prctl(PR_GET_NAME, process_name);
	return pthread_key_create(&key, key_destructor) == 0;
}

static void unlink_from(struct thread **list, struct thread *thread)
{
	while (*list && *list != thread)
		list = &(*list)->next;
	if (*list)
		*list = thread->next;
}

static void push(struct thread **list, struct thread *thread)
{
	thread->next = *list;
	*list = thread;
}

/* What it met is in its nodes from now on. */
static void give_back_tables(struct thread *thread)
{
	table_take(thread);
	address_map_free(&thread->known);
	address_map_free(&thread->derived);
	address_map_free(&thread->tallies);
}

/* Late threads that are gone by now are free again. */
static void reclaim_late(void)
{
	struct thread *thread = late_threads, *next;
	int pid = sys_getpid();

	late_threads = NULL;
	for (; thread; thread = next) {
		next = thread->next;
		if (sys_thread_alive(pid, thread->tid)) {
			push(&late_threads, thread);
			continue;
		}
		roster_leave(thread);
		held_stack_clear(thread);
		give_back_tables(thread);
		push(&free_threads, thread);
	}
}

/* A hold is timed when its number, of all in its situation, has none of these bits. */
static uint64_t hold_mask(void)
{
	static const uint64_t masks[] = {
		[OPTION_HOLD_SAMPLE] = 255,
		[OPTION_HOLD_EXACT] = 0,
		[OPTION_HOLD_OFF] = UINT64_MAX,
	};

	return masks[options.hold];
}

/* A struct thread that is ready for use but for its record. */
static struct thread *take_thread(void)
{
	struct thread *thread;

	if (late_threads)
		reclaim_late();
	thread = free_threads;
	if (thread)
		free_threads = thread->next;
	else
		thread = arena_alloc(sizeof(*thread));
	if (!thread)
		return NULL;
	if (!table_give(thread) || !held_stack_give(thread)) {
		give_back_tables(thread);
		push(&free_threads, thread);
		return NULL;
	}
	thread->hold_mask = hold_mask();
	thread->epoch = 0;
	thread->crossed = 0;
	thread->turned = 0;
	thread->holes = 0;
	thread->passages = 0;
	thread->across = thread->signal = 0;
	thread->blind = false;
	thread->woken = thread->told = NULL;
	thread->let_go = (struct let_go){0};
	thread->failed_try = (struct failed_try){0};
	thread->tried = false;
	thread->asked.open = false;
	thread->guarded_count = 0;
	thread->latch = (struct latch){0};
	thread->busy = THREAD_IDLE;
	thread->section = (struct section){0};
	thread->annotated = (struct annotated){0};
	thread->team = (struct omp_team){0};
	thread->tasks = (struct omp_tasks){0};
	thread->passes = 0;
	thread->late = false;
	thread->in_roster = thread->awaited = false;
	thread->unwound = NULL;
	thread->tid = 0;
	thread->stack_low = thread->stack_high = 0;
	thread->frame = 0;
	thread->handler_count = thread->openings = 0;
	memset(thread->handlers, 0, sizeof(thread->handlers));
	memset(thread->passed, 0, sizeof(thread->passed));
	memset(thread->signals, 0, sizeof(thread->signals));
	memset(thread->closed, 0, sizeof(thread->closed));
	thread->events = 0;
	thread->twin = (struct twin){.excluded = true};
	return thread;
}

static struct trace_thread *write_record(uint32_t state)
{
	struct trace_thread *record;

	record = trace_alloc(&recorder_cursor, TRACE_TYPE_thread, sizeof(*record));
	if (record) {
		record->number = ++thread_numbers;
		record->state = state;
	}
	return record;
}

struct thread *thread_first;

/*
 * The main thread's stack ends at the end that the loader knows. It grows at most to where mappings
 * may begin, which is 128 MiB below it, or further (Linux, mmap_base).
 */
static void find_stack(struct thread *self)
{
	extern void *__libc_stack_end;

	if (self->tid != sys_getpid() || self->late)
		return;
	thread_first = self;
	if (forked.stack_high) {
		self->stack_low = forked.stack_low;
		self->stack_high = forked.stack_high;
		self->activations = forked.activations;
		forked.stack_high = 0;
		return;
	}
	self->stack_high = (uintptr_t)__libc_stack_end;
	self->stack_low = self->stack_high - (128 << 20);
}

struct thread *thread_register(uint32_t state)
{
	const uint32_t again = late_record();
	struct trace_thread *record;
	struct thread *self = take_thread();

	if (!self)
		return NULL;
	if (again) {
		twins_forget(again);
		record = trace_at(again);
	} else {
		record = write_record(state);
	}
	if (!record) {
		give_back_tables(self);
		push(&free_threads, self);
		return NULL;
	}
	self->ref = trace_ref(record);
	self->tid = sys_gettid();
	self->late = late_is();
	record->tid = (uint32_t)self->tid;
	if (!again && self->late)
		late_take(record);
	if (!again)
		trace_commit(&recorder_cursor, record);
	self->held->thread = self->ref;
	self->near->thread = self->ref;
	push(self->late ? &late_threads : &live_threads, self);
	roster_enter(self);
	if (!self->late) {
		pthread_setspecific(key, self);
		/* Others may join it, should it end before the process. */
		if (!forerun_is_due(pthread_self()))
			thread_handles_put(pthread_self(), self->ref);
	}
	find_stack(self);
	return self;
}

/* For a thread that is created there. NULL: no space. */
static struct trace_thread *record_for(struct thread *creator, struct thread *child, uint32_t stack)
{
	struct trace_thread *record = twins_created(creator, child, stack);

	if (record) {
		record->number = ++thread_numbers;
		record->state = 0;
		return record;
	}
	record = write_record(0);
	if (!record)
		return NULL;
	record->creator = creator->ref;
	record->created_stack = stack;
	trace_commit(&recorder_cursor, record);
	return record;
}

struct thread *thread_prepare(struct thread *creator, const void *site, const void *frame)
{
	struct trace_thread *record = NULL;
	struct thread *child;
	struct slow slow;

	slow_begin(&slow, creator);
	child = take_thread();
	if (child)
		record = record_for(creator, child, stacks_ref(stacks_at(creator, site, frame)));
	if (record) {
		record->create_epoch = creator->epoch;
		child->ref = trace_ref(record);
		child->held->thread = child->ref;
		child->near->thread = child->ref;
		push(&live_threads, child);
		twins_follow(creator, child->ref);
	} else if (child) {
		give_back_tables(child);
		push(&free_threads, child);
		child = NULL;
	}
	slow_end(&slow);
	if (child) {
		guarded_created(creator, child->ref);
		tree_next_epoch_of_creation(creator);
	}
	return child;
}

void thread_abandon(struct thread *creator, struct thread *child)
{
	struct trace_thread *record;
	struct slow slow;

	slow_begin(&slow, creator);
	record = trace_at(child->ref);
	record->state |= TRACE_THREAD_FAILED;
	child->held->thread = 0;
	twins_abandoned(child);
	unlink_from(&live_threads, child);
	give_back_tables(child);
	push(&free_threads, child);
	slow_end(&slow);
}

void thread_created(struct thread *creator, uint32_t ref, pthread_t handle, void *start)
{
	struct trace_thread *record;
	struct slow slow;

	slow_begin(&slow, creator);
	record = trace_at(ref);
	modules_note(start);
	record->state |= TRACE_THREAD_CREATED;
	/* It may have come and gone already, and its handle may be another thread's by now. */
	if (!(record->state & (TRACE_THREAD_JOINED | TRACE_THREAD_ENDED)))
		thread_handles_put(handle, ref);
	twins_settled(ref, handle);
	slow_end(&slow);
}

void thread_adopt(struct thread *self)
{
	struct trace_thread *record = trace_at(self->ref);
	struct slow slow;

	forerun_end(self);
	self->tid = sys_gettid();
	current_thread = self;
	pthread_setspecific(key, self);
	/* glibc keeps its own data, and thread-local variables, at the top of the stack. */
	self->stack_high = (uint64_t)pthread_self();
	self->stack_low = self->stack_high - self->stack_size;
	slow_begin(&slow, self);
	record->tid = (uint32_t)self->tid;
	roster_enter(self);
	self->awaited = record->state & TRACE_THREAD_AWAITED;
	record->state |= TRACE_THREAD_STARTED;
	thread_handles_put(pthread_self(), self->ref);
	slow_end(&slow);
}

void thread_end(struct thread *self)
{
	struct trace_thread *record = trace_at(self->ref);
	char name[TRACE_NAME_SIZE];
	struct slow slow;

	tree_shed(self);
	slow_begin_last(&slow, self);
	/* A name that is only the process's was not given to this thread. */
	if (confined && !confined_allows(SYS_prctl))
		memcpy(name, process_name, sizeof(name));
	else
		prctl(PR_GET_NAME, name);
	if (!record->name[0] && memcmp(name, process_name, sizeof(name)))
		memcpy(record->name, name, sizeof(name));
	record->state |= TRACE_THREAD_ENDED;
	provisional_settle_inside(self);
	/* What was given back leaves its node behind. */
	if (!thread_depth(self) && self->last_made && self->entries->node == self->last_made)
		record->state |= TRACE_THREAD_NEWEST_LAST;
	thread_check_end(self);
	frames_end_thread(self);
	if (record->state & TRACE_THREAD_DETACHED)
		thread_handles_remove(pthread_self());
	roster_leave(self);
	if (thread_depth(self))
		twins_exclude(self);
	held_stack_clear(self);
	unlink_from(&live_threads, self);
	give_back_tables(self);
	late_begin(record);
	twins_ended(self, pthread_self());
	push(&free_threads, self);
	current_thread = NULL;
	slow.self = NULL;
	slow_end(&slow);
}

void thread_nested(const struct thread *self)
{
	bool handler = self->busy == THREAD_INNER && self->handler_count != self->busy_handlers;

	if (self->busy == THREAD_FAST || handler)
		trace_drop(TRACE_DROP_nested);
}

void thread_named(struct thread *self, uint32_t ref, const char *name)
{
	struct trace_thread *record = trace_at(ref);
	struct slow slow;

	slow_begin(&slow, self);
	strncpy(record->name, name, sizeof(record->name) - 1);
	slow_end(&slow);
}

bool threads_find(bool (*is)(struct thread *thread, void *context), void *context)
{
	struct thread *const lists[] = {live_threads, late_threads};

	for (unsigned i = 0; i < 2; i++) {
		for (struct thread *thread = lists[i]; thread; thread = thread->next) {
			if (is(thread, context))
				return true;
		}
	}
	return false;
}

struct by_ref {
	uint32_t ref;
	struct thread *thread;
};

static bool has_ref(struct thread *thread, void *context)
{
	struct by_ref *wanted = context;

	if (thread->ref != wanted->ref)
		return false;
	wanted->thread = thread;
	return true;
}

struct thread *thread_of(uint32_t ref)
{
	struct by_ref by_ref = {.ref = ref};

	if (current_thread && current_thread->ref == ref)
		return current_thread;
	threads_find(has_ref, &by_ref);
	return by_ref.thread;
}

/* The stacks of all others are gone. */
static void keep_stack(struct thread *thread, const struct thread *survivor)
{
	if (thread != survivor) {
		frames_end_thread(thread);
		return;
	}
	forked = *survivor;
	thread->activations = NULL;
}

void threads_after_fork(const struct thread *survivor)
{
	struct thread *lists[] = {live_threads, late_threads, free_threads}, *next;

	live_threads = late_threads = free_threads = NULL;
	for (unsigned i = 0; i < 3; i++) {
		for (struct thread *thread = lists[i]; thread; thread = next) {
			next = thread->next;
			if (i < 2)
				roster_leave(thread);
			keep_stack(thread, survivor);
			address_map_free(&thread->known);
			address_map_free(&thread->derived);
			address_map_free(&thread->tallies);
			/* These lay in the parent's trace. */
			thread->held = NULL;
			table_forget(thread);
			thread->wakes = NULL;
			thread->nodes = (struct trace_cursor){NULL, 0};
			memset(thread->places, 0, sizeof(thread->places));
			repeats_forget(thread);
			push(&free_threads, thread);
		}
	}
	held_stacks_reset();
	table_forget_all();
	thread_handles_reset();
	thread_numbers = 0;
	late_forget();
}
