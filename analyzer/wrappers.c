/* Wrappers: the runtime's modules and the namespaces of its headers, one table each. */
#include "wrappers.h"
#include "script_frames.h"
#include <string.h>

static const char *const runtime_modules[] = {
	"libc.so",  "libc-2",	 "libpthread", "ld-linux",   "ld-2",   "libstdc++.so",
	"libgcc_s", "libc++.so", "libc++abi",  "libgordian", "[vdso]",
};

static const char *const python_modules[] = {"python3", "libpython3"};

/* What is inlined into the program from headers. */
static const char *const runtime_functions[] = {
	"std::",
	"__gnu_cxx::",
	"__gthread_",
	"boost::mutex::",
	"boost::posix::",
	"boost::unique_lock",
	"boost::lock_guard",
	"boost::shared_mutex",
	"absl::Mutex",
	"g_mutex_locker_",
	"g_rec_mutex_locker_",
	"g_rw_lock_",
	"<std::",
	"<core::",
	"<alloc::",
	"core::ops::function::",
	"__rust_",
};

/* Where the sources of Rust's library were when it was built. */
static const char *const runtime_files[] = {"/rustc/"};

/* Libraries whose threads begin in them, and what others have inlined or linked in of the kind. */
static const char *const runner_modules[] = {
	"libglib-2.0.so", "libboost_thread.so", "libQt5Core.so", "libQt6Core.so", "libasan.so",
};

static const char *const runner_functions[] = {
	"asan_thread_start",
	"boost::detail::",
	"boost::_bi::",
};

static bool has_prefix(const char *text, const char *const *prefixes, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strncmp(text, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

bool frame_is_wrapper(const struct frame *frame)
{
	if (frame->carries || script_is_library(frame))
		return true;
	if (frame->module &&
	    has_prefix(path_base(frame->module), runtime_modules, COUNT(runtime_modules)))
		return true;
	if (frame->file && has_prefix(frame->file, runtime_files, COUNT(runtime_files)))
		return true;
	return frame->function &&
	       has_prefix(frame->function, runtime_functions, COUNT(runtime_functions));
}

bool frame_runs_threads(const struct frame *frame)
{
	if (frame->module &&
	    has_prefix(path_base(frame->module), runner_modules, COUNT(runner_modules)))
		return true;
	return frame->function &&
	       has_prefix(frame->function, runner_functions, COUNT(runner_functions));
}

size_t frames_place(const struct frame *frames, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!frame_is_wrapper(&frames[i]))
			return i;
	for (i = 0; i < count; i++)
		if (frames[i].script)
			return i;
	return 0;
}

bool frame_is_python(const struct frame *frame)
{
	return frame->module &&
	       has_prefix(path_base(frame->module), python_modules, COUNT(python_modules));
}
