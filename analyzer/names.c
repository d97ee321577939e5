/*
 * Names of locks and threads. A name is made when it is first asked for and kept. Two locks of one
 * process that would have the same name are told apart by a number in the order of asking: "… #2",
 * "… #3"; the first has a number where its likes were made by the same calls, whether they are
 * asked for or not. Asking in the same order gives the same names.
 */
#include "names.h"
#include "demangle.h"
#include "names_birth.h"
#include "one_of.h"
#include "script_frames.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* The routines of libstdc++, CPython, AddressSanitizer and Rust that run every thread of theirs. */
static const char *const start_routines[] = {
	"execute_native_thread_routine",
	"pythread_wrapper",
	"asan_thread_start",
	"<std::sys::thread::unix::Thread>::new::thread_start",
	"<std::sys::pal::unix::thread::Thread>::new::thread_start",
	"std::sys::thread::unix::Thread::new::thread_start",
	"std::sys::pal::unix::thread::Thread::new::thread_start",
	"std::sys::unix::thread::Thread::new::thread_start",
};

#define PYTHON_THREAD "Python thread"

enum { MOST_STACKS_ASKED = 8 }; /* of a thread */

/* How many things have this name already. */
struct taken {
	UT_hash_handle hh;
	char *key; /* process, what it names, name */
	unsigned count;
};

struct lock_name {
	char *base; /* without a number; NULL: not looked at yet */
	char *class;
	char *name;   /* NULL: not asked for yet */
	bool several; /* others were made alike */
};

struct names {
	const struct model *model;
	struct symbols *symbols;
	struct lock_name *locks;
	char **threads;
	struct births *births; /* NULL: not asked for yet */
	struct taken *taken;
};

struct names *names_new(const struct model *model, struct symbols *symbols)
{
	struct names *names = xcalloc(1, sizeof(*names));

	names->model = model;
	names->symbols = symbols;
	names->locks = xcalloc(model->lock_count, sizeof(*names->locks));
	return names;
}

void names_free(struct names *names)
{
	struct taken *taken, *next;
	size_t i;

	if (!names)
		return;
	for (i = 0; i < names->model->lock_count; i++) {
		free(names->locks[i].base);
		free(names->locks[i].class);
		free(names->locks[i].name);
	}
	for (i = 0; names->threads && i < names->model->thread_count; i++)
		free(names->threads[i]);
	HASH_ITER (hh, names->taken, taken, next) {
		HASH_DEL(names->taken, taken);
		free(taken->key);
		free(taken);
	}
	births_free(names->births);
	free(names->locks);
	free(names->threads);
	free(names);
}

const struct frame *names_place(struct names *names, uint32_t stack)
{
	size_t count;
	const struct frame *frames = symbols_stack(names->symbols, stack, &count);

	return count ? &frames[frames_place(frames, count)] : NULL;
}

static struct births *births_of(struct names *names)
{
	if (!names->births)
		names->births = births_new(names->model, names->symbols);
	return names->births;
}

/* How many of the process had this name before. */
static unsigned take_name(struct names *names, uint32_t process, const char *kind, const char *name)
{
	char *key = xasprintf("%u %s %s", process, kind, name);
	struct taken *taken;

	HASH_FIND_STR(names->taken, key, taken);
	if (taken) {
		free(key);
		return taken->count++;
	}
	taken = xcalloc(1, sizeof(*taken));
	taken->key = key;
	taken->count = 1;
	HASH_ADD_KEYPTR(hh, names->taken, taken->key, strlen(taken->key), taken);
	return 0;
}

static char *with_offset(const char *name, uint64_t offset)
{
	if (!offset)
		return xstrdup(name);
	return xasprintf("%s+0x%llx", name, (unsigned long long)offset);
}

/* What programs call a variable of the C library, or of compilers for OpenMP; NULL: as it is called
 * there. */
static char *known_as(const char *symbol)
{
	static const struct {
		const char *symbol, *name;
	} known[] = {
		{"_IO_2_1_stdin_", "stdin"},
		{"_IO_2_1_stdout_", "stdout"},
		{"_IO_2_1_stderr_", "stderr"},
		{"gordian_unnamed_critical", "unnamed critical"},
		{"gordian_omp_ordered", "ordered"},
		{".gomp_critical_user_.var", "unnamed critical"},
	};
	static const char critical[] = ".gomp_critical_user_";
	const char *name, *end;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(symbol, known[i].symbol))
			return xstrdup(known[i].name);
	if (strncmp(symbol, critical, sizeof(critical) - 1) != 0)
		return NULL;
	name = symbol + sizeof(critical) - 1;
	end = strchr(name, '.');
	return xasprintf("critical(%.*s)", (int)(end ? end - name : (ptrdiff_t)strlen(name)), name);
}

/* A lock in a static object: "table[3].lock", or with the offset when the types are not known. */
static void name_static(struct names *names, const struct lock *lock, const char *symbol,
			uint64_t offset, const char *module, struct lock_name *result)
{
	char *class, *known = known_as(symbol);
	const char *path, *shape;

	if (known) {
		result->base = known;
		class = xstrdup(known);
	} else if (symbols_member(names->symbols, lock->process, lock->generation, lock->address,
				  &path, &shape)) {
		result->base = xasprintf("%s%s", symbol, path);
		class = xasprintf("%s%s", symbol, shape);
	} else {
		class = with_offset(symbol, offset);
		/* Of CPython's state only its global lock is made of the C library's. */
		result->base =
			xasprintf("%s%s", class, strcmp(symbol, "_PyRuntime") ? "" : " (GIL)");
	}
	result->class = xasprintf("%s:%s", path_base(module), class);
	free(class);
}

/* The routine that tells what a thread runs; NULL: not known, or it tells nothing. */
static const char *own_routine(struct names *names, const struct thread *thread)
{
	const char *routine = NULL;

	if (thread->start_routine)
		routine = symbols_function(names->symbols, thread->process, thread->start_routine);
	return routine && ONE_OF(routine, start_routines) ? NULL : routine;
}

/* Whether CPython made it, for a function of the program's that its stacks do not name. */
static bool is_python_thread(struct names *names, const struct thread *thread)
{
	const struct frame *frame = names_place(names, thread->created_stack);

	return frame && frame_is_python(frame);
}

/*
 * The end of a thread is called like the thread. Its class is what the thread runs, else where it
 * was created, as of those that the C++ runtime starts.
 */
static void name_end(struct names *names, const struct lock *lock, struct lock_name *result)
{
	const struct thread *thread = &names->model->threads[lock->thread];
	const char *name = names_thread(names, lock->thread), *routine = own_routine(names, thread);
	struct lock born = {.kind = TRACE_LOCK_thread, .flags = TRACE_LOCK_INIT_SEEN};

	if (strncmp(name, "thread ", strlen("thread ")) == 0 ||
	    strncmp(name, PYTHON_THREAD, strlen(PYTHON_THREAD)) == 0)
		result->base = xstrdup(name);
	else
		result->base = xasprintf("thread %s", name);
	born.created_stack = thread->created_stack;
	if (thread->state & TRACE_THREAD_MAIN)
		result->class = xstrdup("thread main");
	else if (routine)
		result->class = xasprintf("thread %s", routine);
	else if (is_python_thread(names, thread))
		result->class = xstrdup(PYTHON_THREAD);
	else
		result->class = births_class(births_of(names), &born);
}

static void name_child(const struct lock *lock, struct lock_name *result)
{
	uint32_t pid = (uint32_t)lock->address;

	result->base = pid ? xasprintf("process %u", pid) : xstrdup("its child processes");
	result->class = xstrdup("process");
}

static void find_lock(struct names *names, uint32_t index)
{
	const struct lock *lock = &names->model->locks[index];
	struct lock_name *result = &names->locks[index];
	const char *symbol, *module;
	uint64_t offset, module_offset;

	if (lock->kind == TRACE_LOCK_thread && lock->thread != NO_INDEX) {
		name_end(names, lock, result);
	} else if (lock->kind == TRACE_LOCK_process) {
		name_child(lock, result);
	} else if (symbols_object(names->symbols, lock->process, lock->generation, lock->address,
				  &symbol, &offset, &module, &module_offset)) {
		name_static(names, lock, symbol, offset, module, result);
	} else if (module) {
		result->base = xasprintf("%s:0x%llx", path_base(module),
					 (unsigned long long)module_offset);
		result->class = xstrdup(result->base);
	} else {
		result->base = births_name(births_of(names), lock);
		result->class = births_class(births_of(names), lock);
		result->several = births_several(births_of(names), lock);
	}
}

static void replace(char **text, const char *given)
{
	if (!given)
		return;
	free(*text);
	*text = xstrdup(given);
}

/* What the program itself calls a lock goes before what can be found out. */
static void find_label(struct names *names, uint32_t index)
{
	const struct lock *lock = &names->model->locks[index];
	const char *name = lock->given_name ? lock->given_name : lock->given_class;

	names->locks[index].several &= !name;
	replace(&names->locks[index].base, name);
	replace(&names->locks[index].class, lock->given_class);
}

const char *names_lock_class(struct names *names, uint32_t lock)
{
	if (!names->locks[lock].base) {
		find_lock(names, lock);
		find_label(names, lock);
	}
	return names->locks[lock].class;
}

const char *names_lock(struct names *names, uint32_t lock)
{
	struct lock_name *entry = &names->locks[lock];
	unsigned before;

	if (entry->name)
		return entry->name;
	names_lock_class(names, lock);
	before = take_name(names, names->model->locks[lock].process, "lock", entry->base);
	entry->name = before || entry->several ? xasprintf("%s #%u", entry->base, before + 1)
					       : xstrdup(entry->base);
	return entry->name;
}

/* A new thread has its creator's name, and a process its executable's: those say nothing. */
static bool has_own_name(const struct model *model, const struct thread *thread)
{
	const char *exe = path_base(model->processes[thread->process].exe);

	if (!thread->name[0] || !strncmp(thread->name, exe, TRACE_NAME_SIZE - 1))
		return false;
	return thread->creator == NO_INDEX ||
	       strcmp(thread->name, model->threads[thread->creator].name) != 0;
}

/* The outermost function of the program's own: what a thread that a library starts runs. */
static char *outermost_function(struct names *names, uint32_t stack)
{
	size_t count;
	const struct frame *frames = symbols_stack(names->symbols, stack, &count);
	char *name, *call;

	if (stack == NO_INDEX || names->model->stacks[stack].flags & TRACE_STACK_CUT)
		return NULL;
	while (count > 0 &&
	       (frame_is_wrapper(&frames[count - 1]) || frame_runs_threads(&frames[count - 1])))
		count--;
	/* Without a name it is not called like what it calls. */
	if (count == 0 || !frames[count - 1].function || frame_is_python(&frames[count - 1]))
		return NULL;
	name = demangle_short(frames[count - 1].function);
	call = strstr(name, "::operator()");
	if (call && !call[strlen("::operator()")])
		*call = '\0'; /* a lambda */
	return name;
}

/* NULL: only its stacks may tell. */
static char *thread_known_name(struct names *names, const struct thread *thread)
{
	const char *routine;

	if (thread->state & TRACE_THREAD_MAIN)
		return xstrdup("main");
	if (has_own_name(names->model, thread))
		return xstrdup(thread->name);
	routine = own_routine(names, thread);
	return routine ? demangle_short(routine) : NULL;
}

static char *outermost_call(const struct names *names, uint32_t innermost)
{
	const char *function = script_outermost(names->model, innermost);

	return function ? xstrdup(function) : NULL;
}

/* The first that tells: a library's threads may call functions of its own before the program's. */
static void name_by_stacks(struct names *names)
{
	const struct model *model = names->model;
	unsigned *asked = xcalloc(model->thread_count, sizeof(*asked));

	/* What was never taken so may have been another thread's, on the same record. */
	for (int taken = 1; taken >= 0; taken--)
		for (size_t i = 0; i < model->node_count; i++) {
			const struct node *node = &model->nodes[i];
			char **name = &names->threads[node->thread];
			uint32_t calls = node->stack == NO_INDEX ? NO_INDEX
								 : model->stacks[node->stack].calls;

			if (*name || (taken && !node->count))
				continue;
			if (calls != NO_INDEX)
				*name = outermost_call(names, calls);
			else if (asked[node->thread]++ < MOST_STACKS_ASKED)
				*name = outermost_function(names, node->stack);
		}
	free(asked);
}

static void name_threads(struct names *names)
{
	const struct model *model = names->model;
	unsigned *before = xcalloc(model->thread_count, sizeof(*before));
	size_t i;

	names->threads = xcalloc(model->thread_count, sizeof(*names->threads));
	for (i = 0; i < model->thread_count; i++)
		names->threads[i] = thread_known_name(names, &model->threads[i]);
	name_by_stacks(names);
	for (i = 0; i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];

		if (!names->threads[i])
			names->threads[i] = is_python_thread(names, thread)
						    ? xstrdup(PYTHON_THREAD)
						    : xasprintf("thread %u", thread->number);
		before[i] = take_name(names, thread->process, "thread", names->threads[i]);
	}
	for (i = 0; i < model->thread_count; i++) {
		char *base = names->threads[i];

		if (take_name(names, model->threads[i].process, "thread", base) > 1)
			before[i]++;
		names->threads[i] =
			before[i] ? xasprintf("%s #%u", base, before[i]) : xstrdup(base);
		free(base);
	}
	free(before);
}

const char *names_thread(struct names *names, uint32_t thread)
{
	if (!names->threads)
		name_threads(names);
	return names->threads[thread];
}
