/* Owns the chains of calls in interpreted code, and how they are read. */
#include "interpreter.h"

#include "address_map.h"
#include "arena.h"
#include "hash.h"
#include "modules.h"
#include "recorder.h"
#include "tree.h"

#include <string.h>

/* Calls of a chain that are kept, the innermost; and bytes of a file's or a function's name. */
enum { MAX_CALLS = TRACE_MAX_SCRIPTS, MAX_NAME = 512 };

/* Of a string object: its `state`. */
enum { STRING_LENGTH = 16, STRING_STATE = 32, STRING_COMPACT = 1 << 5, STRING_ASCII = 1 << 6 };
/* Of a code object; and how far before its instructions it has the index of the first of them that
 * is the program's. */
enum { CODE_FILE = 112, CODE_NAME = 128, FIRST_TRACED = 16, INSTRUCTION_SIZE = 2 };
/* Owners of a frame: of a generator; and, from 3.12 on, of one that belongs to no code. */
enum { FRAME_OF_GENERATOR = 1, FRAME_OF_C = 3 };
/* Of a version, its `releaselevel`: structures may still change before. */
enum { RELEASE_CANDIDATE = 0xc };

/* CPython's, if the program has them: bound by the loader. */
extern const unsigned long Py_Version __attribute__((weak));
void *PyGILState_GetThisThreadState(void) __attribute__((weak));
void *_PyThreadState_UncheckedGet(void) __attribute__((weak));
void *PyThreadState_GetUnchecked(void) __attribute__((weak));
int PyCode_Addr2Line(void *code, int offset) __attribute__((weak));
int _Py_IsFinalizing(void) __attribute__((weak));
int Py_IsFinalizing(void) __attribute__((weak));
void _Py_NegativeRefcount(void) __attribute__((weak));	     /* in debugging builds */
void _Py_MergeZeroLocalRefcount(void) __attribute__((weak)); /* in free-threaded builds */

/* Where in its structures a version has what is read. */
static const struct layout {
	unsigned version; /* major and minor */
	uint8_t threads;  /* in the thread state: the pointer to what has the innermost frame; */
	int8_t inner;	  /* and where in that; -1: that is the frame */
	uint8_t code, instruction, previous, owner; /* in a frame */
	uint8_t line, first;	/* in a code object: its line, and its instructions */
	uint8_t ascii, compact; /* sizes of strings before their text */
} layouts[] = {
	{0x030b, 56, 8, 32, 56, 48, 69, 72, 184, 48, 72},
	{0x030c, 56, 0, 0, 56, 8, 70, 68, 192, 40, 56},
	{0x030d, 72, -1, 0, 56, 8, 70, 68, 200, 40, 56},
};

struct script {
	struct script *caller;
	uint32_t ref, line;
	uint16_t file_size, function_size; /* NUL included */
	char text[];			   /* file, function */
};

struct call {
	const char *code;
	uint64_t instruction;
	uint64_t hash; /* of it and those around it */
};

static const struct layout *layout;
bool interpreter_there;
static void *(*current_state)(void);
static int (*is_finalizing)(void);

/* Chains by a hash of their calls; that two share one is neglected. And all of them. */
static struct address_map chains;
static struct script **scripts;
static size_t script_count, script_room;

static __attribute__((constructor)) void find_interpreter(void)
{
	current_state = PyThreadState_GetUnchecked ? PyThreadState_GetUnchecked
						   : _PyThreadState_UncheckedGet;
	is_finalizing = Py_IsFinalizing ? Py_IsFinalizing : _Py_IsFinalizing;
	if (sizeof(void *) != 8 || !&Py_Version || _Py_NegativeRefcount ||
	    _Py_MergeZeroLocalRefcount || !PyGILState_GetThisThreadState || !PyCode_Addr2Line ||
	    !current_state || !is_finalizing || (Py_Version >> 4 & 0xf) < RELEASE_CANDIDATE)
		return;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++)
		if (layouts[i].version == Py_Version >> 16)
			layout = &layouts[i];
	interpreter_there = layout;
}

static const char *pointer_at(const char *object, unsigned offset)
{
	const char *value;

	memcpy(&value, object + offset, sizeof(value));
	return value;
}

/*
 * The calling thread's state, if its frames may be read. Without the interpreter's lock it has
 * left them for a call that may take long, and what is taken there is not the lock itself; while
 * the interpreter comes to its end, states of threads are freed, too.
 */
static const char *own_state(const void *site, bool lock)
{
	char *own = PyGILState_GetThisThreadState();

	if (!own || own == current_state())
		return own;
	if (is_finalizing())
		return NULL;
	return lock || modules_path(site) != modules_path((void *)(uintptr_t)current_state) ? own
											    : NULL;
}

/* NULL: the thread runs no code. */
static const char *innermost(const char *state)
{
	const char *frame = pointer_at(state, layout->threads);

	return frame && layout->inner >= 0 ? pointer_at(frame, (unsigned)layout->inner) : frame;
}

uint64_t interpreter_place(void)
{
	const char *state = own_state(NULL, true), *frame = state ? innermost(state) : NULL,
		   *caller, *code;
	uint64_t place;

	if (!frame)
		return 0;
	caller = pointer_at(frame, layout->previous);
	place = (uintptr_t)frame * TREE_FRAME_FACTOR +
		(uintptr_t)pointer_at(frame, layout->instruction) * TREE_SITE_FACTOR;
	if (caller)
		place = place * TREE_PARENT_FACTOR +
			(uintptr_t)pointer_at(caller, layout->instruction);
	/* Other code may have been at that address. */
	code = pointer_at(frame, layout->code);
	if (code && frame[layout->owner] != FRAME_OF_C)
		place = place * TREE_PARENT_FACTOR + (uintptr_t)pointer_at(code, CODE_FILE);
	return place;
}

static int number_at(const char *object, unsigned offset)
{
	int value;

	memcpy(&value, object + offset, sizeof(value));
	return value;
}

/* Whether the frame has come to what the program wrote: before, it is being made, or is the
 * interpreter's, around the call of a class. */
static bool is_complete(const char *frame, const char *code)
{
	const char *traced =
		code + layout->first +
		(ptrdiff_t)INSTRUCTION_SIZE * number_at(code, layout->first - FIRST_TRACED);

	return frame[layout->owner] == FRAME_OF_GENERATOR ||
	       pointer_at(frame, layout->instruction) >= traced;
}

/* The calls of the thread, innermost first. */
static unsigned read_calls(const char *state, struct call *calls)
{
	const char *frame = innermost(state);
	unsigned count = 0;

	for (; frame && count < MAX_CALLS; frame = pointer_at(frame, layout->previous)) {
		const char *code = pointer_at(frame, layout->code);

		if (frame[layout->owner] == FRAME_OF_C || !code || !is_complete(frame, code))
			continue;
		calls[count].code = code;
		calls[count++].instruction = (uintptr_t)pointer_at(frame, layout->instruction);
	}
	return count;
}

/* Of a string object: its characters, their number and how wide they are. */
static inline const char *string_text(const char *string, size_t *length, unsigned *width)
{
	unsigned state = (unsigned)number_at(string, STRING_STATE);

	memcpy(length, string + STRING_LENGTH, sizeof(*length));
	*width = state >> 2 & 7;
	if (!(state & STRING_COMPACT) || (*width != 1 && *width != 2 && *width != 4))
		*length = 0;
	return string + (state & STRING_ASCII ? layout->ascii : layout->compact);
}

static uint16_t copy_ascii(char *to, const char *text, size_t length)
{
	char *end = to + (length < MAX_NAME - 4 ? length : MAX_NAME - 4);

	memcpy(to, text, (size_t)(end - to));
	*end = '\0';
	for (char *at = to; (at = memchr(at, '\0', (size_t)(end - at)));)
		*at++ = '?';
	return (uint16_t)(end + 1 - to);
}

/* The text of a string object as UTF-8, NUL included, cut at MAX_NAME. */
static uint16_t copy_string(char *to, const char *string)
{
	size_t length, used = 0;
	unsigned width;
	const char *text = string_text(string, &length, &width);

	if (width == 1 && number_at(string, STRING_STATE) & STRING_ASCII)
		return copy_ascii(to, text, length);
	for (size_t i = 0; i < length && used + 4 < MAX_NAME; i++) {
		uint32_t point = 0;

		memcpy(&point, text + i * width, width);
		if (point < 0x80) {
			to[used++] = (char)(point ? point : '?');
			continue;
		}
		if (point >= 0x10000) {
			to[used++] = (char)(0xf0 | (point >> 18 & 0x07));
			to[used++] = (char)(0x80 | (point >> 12 & 0x3f));
		} else if (point >= 0x800) {
			to[used++] = (char)(0xe0 | point >> 12);
		}
		to[used++] =
			(char)(point >= 0x800 ? 0x80 | (point >> 6 & 0x3f) : 0xc0 | point >> 6);
		to[used++] = (char)(0x80 | (point & 0x3f));
	}
	to[used++] = '\0';
	return (uint16_t)used;
}

static struct script *make_script(struct script *caller, const struct call *call)
{
	static char text[2 * MAX_NAME]; /* under the recorder's lock, and not on a small stack */
	uint64_t offset = call->instruction - (uintptr_t)(call->code + layout->first);
	uint16_t file = copy_string(text, pointer_at(call->code, CODE_FILE));
	uint16_t function = copy_string(text + file, pointer_at(call->code, CODE_NAME));
	int line = PyCode_Addr2Line((void *)(uintptr_t)call->code, (int)offset);
	struct script *script = arena_alloc(sizeof(*script) + file + function);

	if (!script)
		return NULL;
	*script = (struct script){.caller = caller,
				  .line = line > 0 ? (uint32_t)line : 0,
				  .file_size = file,
				  .function_size = function};
	memcpy(script->text, text, (size_t)file + function);
	return script;
}

/* For interpreter_reset_refs. False: no memory. */
static bool remember(struct script *script)
{
	if (script_count == script_room) {
		size_t room = script_room ? 2 * script_room : 256;
		struct script **bigger = arena_alloc(room * sizeof(*bigger));

		if (!bigger)
			return false;
		if (script_count)
			memcpy(bigger, scripts, script_count * sizeof(*scripts));
		arena_free(scripts, script_room * sizeof(*scripts));
		scripts = bigger;
		script_room = room;
	}
	scripts[script_count++] = script;
	return true;
}

/* As much of it as is kept of a name. The last word may begin in the one before. */
static inline uint64_t hash_string(uint64_t hash, const char *string)
{
	size_t size;
	unsigned width;
	const char *text = string_text(string, &size, &width), *last;
	uint64_t word = 0;

	size = (size > MAX_NAME ? MAX_NAME : size) * width;
	last = text + size - 8;
	if (size < 8)
		for (size_t i = 0; i < size; i++)
			word = word << 8 | (unsigned char)text[i];
	else
		memcpy(&word, last, 8);
	hash = hash_word(hash, word ^ (uint64_t)size << 48);
	for (; size > 8; size = size > 16 ? size - 8 : 8, text += 8) {
		memcpy(&word, text, 8);
		hash = hash_word(hash, word);
	}
	return hash;
}

/* Other code may have been at that address: what it was called tells them apart. */
static uint64_t hash_call(uint64_t hash, const struct call *call)
{
	hash = hash_word(hash, (uintptr_t)call->code);
	hash = hash_word(hash, call->instruction);
	hash = hash_word(hash, (uint64_t)number_at(call->code, layout->line));
	hash = hash_string(hash, pointer_at(call->code, CODE_FILE));
	return hash_string(hash, pointer_at(call->code, CODE_NAME)) | 1;
}

static struct script *find(uint64_t hash)
{
	return (struct script *)(uintptr_t)address_map_get(&chains, hash);
}

/* Chains that have the same outer calls share them. */
static struct script *intern(struct call *calls, unsigned count)
{
	struct script *script = NULL;
	uint64_t hash = 1;
	unsigned left;

	for (unsigned i = count; i-- > 0;)
		calls[i].hash = hash = hash_call(hash, &calls[i]);
	for (left = 0; left < count && !script; left++)
		script = find(calls[left].hash);
	/* Those inside the one that was found, or all. */
	for (left -= script != NULL; left-- > 0;) {
		script = make_script(script, &calls[left]);
		if (!script || !remember(script) ||
		    !address_map_put(&chains, calls[left].hash, (uintptr_t)script))
			return NULL;
	}
	return script;
}

struct script *interpreter_calls(const void *site, bool lock)
{
	const char *state = own_state(site, lock);
	struct call calls[MAX_CALLS];

	return state ? intern(calls, read_calls(state, calls)) : NULL;
}

uint32_t script_ref(struct script *script)
{
	struct trace_script *record;
	uint32_t caller;
	size_t text;

	if (!script || script->ref)
		return script ? script->ref : 0;
	caller = script_ref(script->caller);
	text = (size_t)script->file_size + script->function_size;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_script,
			     sizeof(*record) + ((text + 7) & ~(size_t)7));
	if (!record)
		return 0;
	record->caller = caller;
	record->line = script->line;
	memcpy(record + 1, script->text, text);
	trace_commit(&recorder_cursor, record);
	return script->ref = trace_ref(record);
}

void interpreter_reset_refs(void)
{
	for (size_t i = 0; i < script_count; i++)
		scripts[i]->ref = 0;
}
