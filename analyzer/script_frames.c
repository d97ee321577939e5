/* Owns where interpreted frames stand, and which files of CPython's library are like a runtime. */
#include "script_frames.h"

#include <string.h>

#include "wrappers.h"
#include "xalloc.h"

#define EVALUATION "_PyEval_EvalFrame"

/* Ends of paths. */
static const char *const library_files[] = {
	"/threading.py",
	"/queue.py",
	"/_weakrefset.py",
	"/concurrent/futures/thread.py",
	"/concurrent/futures/_base.py",
};

static bool evaluates(const struct frame *frame)
{
	return frame_is_python(frame) && frame->function &&
	       !strncmp(frame->function, EVALUATION, strlen(EVALUATION));
}

/* Where the evaluation has no name: behind what the interpreter does for the innermost call. */
static size_t find_place(const struct frame *frames, size_t count)
{
	size_t first = 0, i;

	for (i = 0; i < count; i++)
		if (evaluates(&frames[i]))
			return i;
	while (first < count && !frame_is_python(&frames[first]))
		first++;
	while (first < count && frame_is_python(&frames[first]))
		first++;
	return first;
}

struct frame *script_frames_insert(const struct model *model, uint32_t innermost,
				   struct frame *frames, size_t *count)
{
	const char *module = NULL;
	size_t place = find_place(frames, *count), more = 0, i;
	uint32_t call;

	for (i = 0; i < *count; i++) {
		frames[i].carries = frame_is_python(&frames[i]);
		if (frames[i].carries)
			module = frames[i].module;
	}
	for (call = innermost; call != NO_INDEX && more < TRACE_MAX_SCRIPTS;
	     call = model->scripts[call].caller)
		more++;
	frames = xreallocarray(frames, *count + more, sizeof(*frames));
	memmove(frames + place + more, frames + place, (*count - place) * sizeof(*frames));
	for (i = 0, call = innermost; i < more; i++, call = model->scripts[call].caller)
		frames[place + i] = (struct frame){
			.function = model->scripts[call].function,
			.file = model->scripts[call].file,
			.line = model->scripts[call].line,
			.module = module,
			.script = true,
		};
	*count += more;
	return frames;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length > end_length && !strcmp(text + length - end_length, end);
}

static bool is_library_file(const char *file)
{
	for (size_t i = 0; i < sizeof(library_files) / sizeof(library_files[0]); i++)
		if (ends_with(file, library_files[i]))
			return true;
	return file[0] == '<' && strstr(file, "importlib");
}

static bool is_programs(const struct script *call)
{
	return call->file && !is_library_file(call->file);
}

const char *script_outermost(const struct model *model, uint32_t innermost)
{
	const char *function = NULL;
	uint32_t call;
	size_t calls = 0;

	for (call = innermost; call != NO_INDEX; call = model->scripts[call].caller, calls++)
		if (is_programs(&model->scripts[call]))
			function = model->scripts[call].function;
	return calls < TRACE_MAX_SCRIPTS ? function : NULL;
}

uint32_t script_place(const struct model *model, uint32_t innermost)
{
	for (uint32_t call = innermost; call != NO_INDEX; call = model->scripts[call].caller)
		if (is_programs(&model->scripts[call]))
			return call;
	return innermost;
}

bool script_takes_end(const struct model *model, uint32_t innermost)
{
	const struct script *call = innermost == NO_INDEX ? NULL : &model->scripts[innermost];

	return call && call->file && call->function && ends_with(call->file, "/threading.py") &&
	       !strcmp(call->function, "Thread._set_tstate_lock");
}

bool script_is_library(const struct frame *frame)
{
	return frame->script && frame->file && is_library_file(frame->file);
}
