/*
 * Names by birth. Stacks are compared by their program counters alone, so that of all that a model
 * has only those are looked up in the modules' files that name something.
 */
#include "names_birth.h"
#include "bisect.h"
#include "demangle.h"
#include "script_frames.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As many callers are named at most. */
#define MAX_CALLERS 2u

/* What a language makes its locks of, in words of that language. */
#define PYTHON_LOCK "Python lock"

struct births {
	const struct model *model;
	struct symbols *symbols;
	uint32_t *stacks; /* sorted by compare_stacks */
	size_t count;
	uint32_t *uses; /* of each of the model's stacks: how many locks it made */
	struct line *lines;
	size_t line_count;
};

/* Of interpreted code, by compare_lines: where a lock was made. */
struct line {
	const struct script *place;
	uint32_t process;
};

/* births.stacks[first] to before births.stacks[end]. */
struct range {
	size_t first, end;
};

static uint64_t pc_at(const struct model *model, uint32_t stack, size_t index)
{
	return model->pcs[model->stacks[stack].first_pc + index];
}

/* How many of the innermost callers two stacks have in common. */
static size_t shared_callers(const struct model *model, uint32_t a, uint32_t b)
{
	const struct stack *left = &model->stacks[a], *right = &model->stacks[b];
	size_t least = left->count < right->count ? left->count : right->count, shared = 0;

	while (shared < least && pc_at(model, a, shared) == pc_at(model, b, shared))
		shared++;
	return shared;
}

/* By process, then from the innermost caller outwards. */
static int compare_stacks(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	const struct stack *one = &model->stacks[a], *other = &model->stacks[b];
	size_t shared;

	if (one->process != other->process)
		return one->process < other->process ? -1 : 1;
	shared = shared_callers(model, a, b);
	if (shared < one->count && shared < other->count)
		return pc_at(model, a, shared) < pc_at(model, b, shared) ? -1 : 1;
	if (one->count != other->count)
		return one->count < other->count ? -1 : 1;
	return a < b ? -1 : a > b;
}

static struct line line_of(const struct model *model, uint32_t stack)
{
	uint32_t place = script_place(model, model->stacks[stack].calls);

	return (struct line){&model->scripts[place], model->stacks[stack].process};
}

static int compare_texts(const char *left, const char *right)
{
	return strcmp(left ? left : "", right ? right : "");
}

static int compare_lines(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int files = compare_texts(a->place->file, b->place->file);

	if (a->process != b->process)
		return a->process < b->process ? -1 : 1;
	if (a->place->line != b->place->line)
		return a->place->line < b->place->line ? -1 : 1;
	return files ? files : compare_texts(a->place->function, b->place->function);
}

static void count_use(struct births *births, uint32_t stack)
{
	births->uses[stack]++;
	if (births->model->stacks[stack].calls != NO_INDEX)
		births->lines[births->line_count++] = line_of(births->model, stack);
}

struct births *births_new(const struct model *model, struct symbols *symbols)
{
	struct births *births = xcalloc(1, sizeof(*births));
	size_t i;

	births->model = model;
	births->symbols = symbols;
	births->uses = xcalloc(model->stack_count + 1, sizeof(*births->uses));
	births->lines = xmalloc((model->lock_count + 1) * sizeof(*births->lines));
	births->stacks = xmalloc((model->stack_count + 1) * sizeof(*births->stacks));
	for (i = 0; i < model->lock_count; i++)
		if (model->locks[i].created_stack != NO_INDEX)
			count_use(births, model->locks[i].created_stack);
	for (i = 0; i < model->stack_count; i++)
		if (births->uses[i])
			births->stacks[births->count++] = (uint32_t)i;
	qsort(births->lines, births->line_count, sizeof(*births->lines), compare_lines);
	qsort_r(births->stacks, births->count, sizeof(*births->stacks), compare_stacks,
		(void *)model);
	return births;
}

void births_free(struct births *births)
{
	if (!births)
		return;
	free(births->stacks);
	free(births->uses);
	free(births->lines);
	free(births);
}

static size_t position_of(const struct births *births, uint32_t stack)
{
	return BISECT(0, births->count, i,
		      compare_stacks(&births->stacks[i], &stack, (void *)births->model) < 0);
}

static bool is_alike(const struct births *births, size_t at, uint32_t stack, size_t shared)
{
	const struct stack *stacks = births->model->stacks;

	return stacks[births->stacks[at]].process == stacks[stack].process &&
	       shared_callers(births->model, births->stacks[at], stack) >= shared;
}

/* Those of the range that have so many of their innermost callers in common with the stack, which
 * is one of them, stand together: this sets the range to them. */
static void narrow(const struct births *births, uint32_t stack, size_t shared, struct range *range)
{
	size_t self = position_of(births, stack);

	range->first = BISECT(range->first, self, i, !is_alike(births, i, stack, shared));
	range->end = BISECT(self + 1, range->end, i, is_alike(births, i, stack, shared));
}

/* The number of the innermost callers that all of the range have in common. */
static size_t range_shared(const struct births *births, const struct range *range)
{
	return shared_callers(births->model, births->stacks[range->first],
			      births->stacks[range->end - 1]);
}

/* The program counter that a frame is of, or was inlined at. */
static size_t pc_index(const struct frame *frames, size_t frame)
{
	size_t index = 0, i;

	for (i = 0; i < frame; i++)
		index += !frames[i].inlined;
	return index;
}

static bool calls_itself(const struct frame *caller, const struct frame *callee)
{
	return caller->function && callee->function &&
	       strcmp(caller->function, callee->function) == 0;
}

/* The first own frame of another function behind `after` that is not of a more inner program
 * counter than the one of that index; NULL: there is none. */
static const struct frame *caller_at(const struct frame *frames, size_t count, size_t after,
				     size_t index)
{
	size_t i;

	for (i = after + 1; i < count; i++)
		if (pc_index(frames, i) >= index && !frame_is_wrapper(&frames[i]) &&
		    !calls_itself(&frames[i], &frames[after]))
			return &frames[i];
	return NULL;
}

/*
 * The callers that tell where a lock was made from others that were made at the same place, inner
 * ones first: those from where on their stacks differ.
 */
static size_t find_callers(const struct births *births, uint32_t stack, const struct frame *frames,
			   size_t count, const struct frame *callers[MAX_CALLERS])
{
	size_t after = frames_place(frames, count), found = 0, shared;
	struct range range = {0, births->count};

	/* An inlined place is no call of its own: its caller has the same program counter. */
	narrow(births, stack, pc_index(frames, after) + !frames[after].inlined, &range);
	/* Calls in interpreted code have no program counters. */
	while (found < MAX_CALLERS && !frames[after].script) {
		shared = range_shared(births, &range);
		if (shared >= births->model->stacks[stack].count)
			break;
		callers[found] = caller_at(frames, count, after, shared);
		if (!callers[found])
			break;
		after = (size_t)(callers[found++] - frames);
		narrow(births, stack, pc_index(frames, after) + 1, &range);
	}
	return found;
}

/* "make_node", "libtree.so+0x1234". */
static char *function_words(const struct frame *frame)
{
	if (frame->function)
		return frame->script ? xstrdup(frame->function) : demangle_short(frame->function);
	if (frame->module)
		return xasprintf("%s+0x%llx", path_base(frame->module),
				 (unsigned long long)frame->offset);
	return xasprintf("code at 0x%llx", (unsigned long long)frame->offset);
}

/* "make_node at tree.c:40", "make_node (libtree.so)", "libtree.so+0x1234". */
static char *place_words(const struct frame *frame)
{
	char *function = function_words(frame), *place;

	if (frame->function && frame->file)
		place = xasprintf("%s at %s:%d", function, path_base(frame->file), frame->line);
	else if (frame->function && frame->module)
		place = xasprintf("%s (%s)", function, path_base(frame->module));
	else
		return function;
	free(function);
	return place;
}

/* Only the outermost function is told with its line. */
static char *birth_place(const struct births *births, uint32_t stack, const struct frame *frames,
			 size_t count)
{
	const struct frame *callers[MAX_CALLERS], *last = &frames[frames_place(frames, count)];
	size_t caller_count = find_callers(births, stack, frames, count, callers), i;
	char *words = xstrdup(""), *place, *longer;

	for (i = 0; i <= caller_count; i++) {
		place = i < caller_count ? function_words(last) : place_words(last);
		longer = xasprintf("%s%s%s", words, i ? " from " : "", place);
		free(place);
		free(words);
		words = longer;
		if (i < caller_count)
			last = callers[i];
	}
	return words;
}

static const char *birth_word(const struct lock *lock)
{
	if (lock->flags & TRACE_LOCK_OPENED)
		return "opened";
	return lock->flags & TRACE_LOCK_INIT_SEEN ? "created" : "first locked";
}

static bool is_python_lock(const struct lock *lock, const struct frame *place)
{
	return lock->kind == TRACE_LOCK_semaphore && frame_is_python(place);
}

/* Which of them it is, CPython's own stack does not tell: they all come from the interpreter. */
static bool is_some_python_lock(const struct lock *lock, const struct frame *place)
{
	return !place->script && is_python_lock(lock, place);
}

/* What a lock is called that was made at that place. */
static const char *kind_word(const struct lock *lock, const struct frame *place)
{
	return is_python_lock(lock, place) ? PYTHON_LOCK : lock_kind_name(lock->kind);
}

/* In one line of interpreted code more locks were made than one. */
static bool shares_line(const struct births *births, uint32_t stack)
{
	const struct line *lines = births->lines;
	struct line line;
	size_t first;

	if (births->model->stacks[stack].calls == NO_INDEX)
		return false;
	line = line_of(births->model, stack);
	first = BISECT(0, births->line_count, i, compare_lines(&lines[i], &line) < 0);
	return first + 1 < births->line_count && compare_lines(&lines[first + 1], &line) == 0;
}

/* Program counters of one line mostly stand together. */
static bool is_told_alike(const struct births *births, size_t at, uint32_t stack, const char *words)
{
	size_t count;
	const struct frame *frames;
	char *others;
	bool alike;

	if (at >= births->count || !is_alike(births, at, stack, 0))
		return false;
	frames = symbols_stack(births->symbols, births->stacks[at], &count);
	if (!count)
		return false;
	others = birth_place(births, births->stacks[at], frames, count);
	alike = strcmp(words, others) == 0;
	free(others);
	return alike;
}

/* Another place is called the same, as of two locks that one line makes. */
static bool shares_words(const struct births *births, uint32_t stack)
{
	size_t count, at = position_of(births, stack);
	const struct frame *frames = symbols_stack(births->symbols, stack, &count);
	char *words = birth_place(births, stack, frames, count);
	bool alike = (at && is_told_alike(births, at - 1, stack, words)) ||
		     is_told_alike(births, at + 1, stack, words);

	free(words);
	return alike;
}

bool births_several(const struct births *births, const struct lock *lock)
{
	size_t count;
	const struct frame *frames = symbols_stack(births->symbols, lock->created_stack, &count);

	if (!count)
		return false;
	return births->uses[lock->created_stack] > 1 || shares_line(births, lock->created_stack) ||
	       shares_words(births, lock->created_stack) ||
	       is_some_python_lock(lock, &frames[frames_place(frames, count)]);
}

char *births_name(struct births *births, const struct lock *lock)
{
	const char *kind = lock_kind_name(lock->kind);
	const struct frame *frames, *frame;
	size_t count;
	char *place, *name;

	frames = symbols_stack(births->symbols, lock->created_stack, &count);
	if (!count)
		return xasprintf("%s at 0x%llx", kind, (unsigned long long)lock->address);
	frame = &frames[frames_place(frames, count)];
	if (is_some_python_lock(lock, frame))
		return xstrdup(PYTHON_LOCK);
	kind = kind_word(lock, frame);
	if (lock->kind == TRACE_LOCK_futex) {
		place = place_words(frame);
		name = xasprintf("%s in %s", kind, place);
	} else {
		place = birth_place(births, lock->created_stack, frames, count);
		name = xasprintf("%s %s in %s", kind, birth_word(lock), place);
	}
	free(place);
	return name;
}

/* Without a function the offset stays in: different places must not become one class. */
char *births_class(struct births *births, const struct lock *lock)
{
	const char *kind = lock_kind_name(lock->kind);
	const struct frame *frames, *frame;
	size_t count;

	frames = symbols_stack(births->symbols, lock->created_stack, &count);
	frame = count ? &frames[frames_place(frames, count)] : NULL;
	if (!frame || !frame->module)
		return xasprintf("%s %s", kind, birth_word(lock));
	if (is_some_python_lock(lock, frame))
		return xstrdup(PYTHON_LOCK);
	if (frame->script)
		return xasprintf("%s %s in %s:%s", kind_word(lock, frame), birth_word(lock),
				 frame->file ? path_base(frame->file) : "", frame->function);
	if (!frame->function)
		return xasprintf("%s %s in %s+0x%llx", kind, birth_word(lock),
				 path_base(frame->module), (unsigned long long)frame->offset);
	return xasprintf("%s %s in %s:%s", kind, birth_word(lock), path_base(frame->module),
			 frame->function);
}
