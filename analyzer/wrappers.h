/*
 * Which frames of a stack are the program's own. The others carry a call on (std::mutex::lock,
 * start_thread) and only tell how the program got there.
 */
#ifndef GORDIAN_WRAPPERS_H
#define GORDIAN_WRAPPERS_H

#include "symbols.h"

/* In the C, C++ or Rust runtime, or inlined from its headers; in an interpreter whose own frames
 * are known, or in its library's threads and queues. */
bool frame_is_wrapper(const struct frame *frame);

/* In a library that makes threads, and calls what they are to run. */
bool frame_runs_threads(const struct frame *frame);

/* The index of the first frame that is not; when all are, of the first of interpreted code, or 0.
 */
size_t frames_place(const struct frame *frames, size_t count);

/* In CPython: the program, or its library. */
bool frame_is_python(const struct frame *frame);

/* The last component of a path. */
const char *path_base(const char *path);

#endif
