/*
 * Which frames of a stack are the program's own. The others carry a call on (std::mutex::lock,
 * start_thread) and only tell how the program got there.
 */
#ifndef GORDIAN_WRAPPERS_H
#define GORDIAN_WRAPPERS_H

#include "symbols.h"

/* In the C or C++ runtime, or inlined from its headers. */
bool frame_is_wrapper(const struct frame *frame);

/* The last component of a path. */
const char *path_base(const char *path);

#endif
