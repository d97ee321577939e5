/*
 * The explicit tasks of GCC's runtime (libgomp): task_marks.h.
 *
 * Facts used. A task's data is a block that the call is given, which the runtime copies, by a
 * function that the compiler made where there is one, else byte by byte (since GCC 4.4). A task
 * that its creator must do at once runs inside the call, and may get the block itself. Of the tasks
 * that share a loop the block begins with the first iteration and the one behind the last, which
 * the runtime writes, and a third word that it reads (since GCC 7); they are waited for inside the
 * call unless a flag says no. One that ends by an event has the event's handle written into its
 * block (since GCC 11): those are left alone, and so is what has a block that is very large.
 *
 * What is put in place of the block begins with those three words, and says what to call.
 */
#include "openmp_order.h"
#include "task_marks.h"

#include <string.h>

#define GOMP "libgomp.so.1"

enum { FLAG_IF = 1 << 10, FLAG_NOGROUP = 1 << 11, FLAG_DETACH = 1 << 13 };
enum { MOST_BYTES = 1 << 16, MOST_ALIGNMENT = 1 << 6 };

typedef void work_function(void *data);
typedef void copy_function(void *to, void *from);

struct task_block {
	uint64_t words[3];
	work_function *work;
	copy_function *copy; /* NULL: none */
	void *data;	     /* of the caller; NULL: it lies behind this */
	uint32_t behind;     /* where */
	uint32_t words_used; /* how many of the words the block begins with */
	struct task_origin origin;
};

/* A question to the runtime; -1: it does not know it. */
static int ask(int (**known)(void), const char *name)
{
	int (*found)(void) = __atomic_load_n(known, __ATOMIC_RELAXED);

	if (!found) {
		found = (int (*)(void))real_lookup_in(name, GOMP);
		__atomic_store_n(known, found, __ATOMIC_RELAXED);
	}
	return found ? found() : -1;
}

static bool is_alone(void)
{
	static int (*threads)(void);

	return ask(&threads, "omp_get_num_threads") == 1;
}

/* Whether all that it creates is to be done at once. */
static bool is_final(void)
{
	static int (*in_final)(void);

	return ask(&in_final, "omp_in_final") > 0;
}

static bool is_nested(void)
{
	static int (*level)(void);

	return ask(&level, "omp_get_level") > 1;
}

/* What the runtime calls in place of the program's functions. */
static void work(void *argument)
{
	struct task_block *block = argument;
	void *data = block->data ? block->data : (char *)block + block->behind;
	struct thread *self = thread_self();
	const uint32_t hidden = self ? self->tasks.hidden : 0;
	uint32_t outer = 0, number = 0;

	if (block->words_used)
		memcpy(data, block->words, block->words_used * sizeof(*block->words));
	if (self) {
		self->tasks.hidden = 0;
		outer = task_begins(self, &block->origin, &number);
	}
	block->work(data);
	if (!self)
		return;
	task_ends(self, outer);
	self->tasks.hidden = hidden;
}

static void copy(void *to, void *from)
{
	struct task_block *block = to;
	const struct task_block *original = from;

	*block = *original;
	block->data = NULL;
	original->copy((char *)block + block->behind, original->data);
}

/* A task as the program creates it. */
struct task_call {
	work_function *function;
	void *data;
	copy_function *copy;
	long size, alignment;
};

/* Where what belongs to the task begins, behind the block. */
static size_t behind(const struct task_call *call)
{
	const size_t alignment = call->alignment > 0 ? (size_t)call->alignment : 1;

	return (sizeof(struct task_block) + alignment - 1) / alignment * alignment;
}

static bool is_usual(const struct task_call *call, unsigned flags)
{
	return call->function && !(flags & FLAG_DETACH) && call->size >= 0 &&
	       call->size <= MOST_BYTES && call->alignment <= MOST_ALIGNMENT &&
	       (call->data || call->size == 0);
}

/* The block has room for what is behind it, if it is to be copied byte by byte. */
static void fill(struct task_block *block, struct task_call *call, unsigned words,
		 const struct task_origin *origin)
{
	*block = (struct task_block){
		.work = call->function,
		.copy = call->copy,
		.data = call->copy ? call->data : NULL,
		.behind = (uint32_t)behind(call),
		.words_used = words,
		.origin = *origin,
	};
	if (words)
		memcpy(block->words, call->data,
		       call->size < (long)sizeof(block->words) ? (size_t)call->size
							       : sizeof(block->words));
	if (!call->copy && call->data)
		memcpy((char *)block + block->behind, call->data, (size_t)call->size);
	call->function = work;
	call->data = block;
	call->copy = call->copy ? copy : NULL;
	call->size += block->behind;
	if (call->alignment < (long)_Alignof(struct task_block))
		call->alignment = _Alignof(struct task_block);
}

static struct thread *self_in_team(void)
{
	struct thread *self = thread_self();

	return self && !is_alone() ? self : NULL;
}

/* words: how many of the block's the runtime writes. */
static void create(struct thread *self, struct task_block *block, struct task_call *call,
		   unsigned words)
{
	struct task_origin origin;

	task_created(self, &origin);
	if (is_nested())
		origin.flags |= TRACE_TASK_UNWAITED;
	fill(block, call, words, &origin);
}

/* How much memory the block takes, and what is behind it, when it is not copied by a function. */
static size_t room(const struct task_call *call)
{
	return sizeof(struct task_block) + MOST_ALIGNMENT +
	       (call->copy ? 0 : behind(call) + (size_t)call->size);
}

static struct task_block *aligned(void *memory)
{
	return (struct task_block *)(((uintptr_t)memory + MOST_ALIGNMENT - 1) &
				     ~(uintptr_t)(MOST_ALIGNMENT - 1));
}

void GOMP_task(work_function *function, void *data, copy_function *copies, long size,
	       long alignment, bool condition, unsigned flags, void **depend, int priority,
	       void *event);
INTERPOSE_OF(GOMP_task, GOMP)
void GOMP_task(work_function *function, void *data, copy_function *copies, long size,
	       long alignment, bool condition, unsigned flags, void **depend, int priority,
	       void *event)
{
	struct task_call call = {function, data, copies, size, alignment};
	struct thread *self = self_in_team();
	const bool marked = self && condition && !is_final() && is_usual(&call, flags);
	void *memory = marked ? __builtin_alloca(room(&call)) : NULL;

	if (marked)
		create(self, aligned(memory), &call, 0);
	else if (self)
		tasks_hide(self);
	REAL(GOMP_task)
	(call.function, call.data, call.copy, call.size, call.alignment, condition, flags, depend,
	 priority, event);
	if (self && !marked)
		tasks_show(self);
}

#define LOOP(name, type) \
	void name(work_function *function, void *data, copy_function *copies, long size, \
		  long alignment, unsigned flags, unsigned long tasks, int priority, type start, \
		  type end, type step); \
	INTERPOSE_OF(name, GOMP) \
	void name(work_function *function, void *data, copy_function *copies, long size, \
		  long alignment, unsigned flags, unsigned long tasks, int priority, type start, \
		  type end, type step) \
	{ \
		struct task_call call = {function, data, copies, size, alignment}; \
		struct thread *self = self_in_team(); \
		const bool marked = self && flags & FLAG_IF && !is_final() && \
				    is_usual(&call, flags) && size >= 2 * (long)sizeof(type); \
		void *memory = marked ? __builtin_alloca(room(&call)) : NULL; \
\
		if (marked) \
			loop_begins(self, aligned(memory), &call, flags); \
		else if (self) \
			tasks_hide(self); \
		REAL(name) \
		(call.function, call.data, call.copy, call.size, call.alignment, flags, tasks, \
		 priority, start, end, step); \
		if (marked) \
			loop_ended(self, flags); \
		else if (self) \
			tasks_show(self); \
	}

static void loop_begins(struct thread *self, struct task_block *block, struct task_call *call,
			unsigned flags)
{
	if (!(flags & FLAG_NOGROUP))
		taskgroup_begins(self);
	create(self, block, call, 2);
}

static void loop_ended(struct thread *self, unsigned flags)
{
	if (!(flags & FLAG_NOGROUP))
		taskgroup_ended(self, is_nested());
}

LOOP(GOMP_taskloop, long)
LOOP(GOMP_taskloop_ull, unsigned long long)

void GOMP_taskwait(void);
INTERPOSE_OF(GOMP_taskwait, GOMP)
void GOMP_taskwait(void)
{
	struct thread *self = thread_self();

	REAL(GOMP_taskwait)();
	if (self && !is_nested())
		tasks_waited(self);
}

void GOMP_taskgroup_start(void);
INTERPOSE_OF(GOMP_taskgroup_start, GOMP)
void GOMP_taskgroup_start(void)
{
	struct thread *self = thread_self();

	REAL(GOMP_taskgroup_start)();
	if (self)
		taskgroup_begins(self);
}

void GOMP_taskgroup_end(void);
INTERPOSE_OF(GOMP_taskgroup_end, GOMP)
void GOMP_taskgroup_end(void)
{
	struct thread *self = thread_self();

	REAL(GOMP_taskgroup_end)();
	if (self)
		taskgroup_ended(self, is_nested());
}
