/*
 * Frames of interpreted code in a call stack. Among the frames of the process they stand where the
 * interpreter runs them: of CPython, before the first one of its evaluation loop. The frames of the
 * interpreter itself then only carry a call on.
 */
#ifndef GORDIAN_SCRIPT_FRAMES_H
#define GORDIAN_SCRIPT_FRAMES_H

#include "symbols.h"

/*
 * Puts the calls from `innermost` outwards into an array of *count frames from malloc, which may
 * move: returns where it is.
 */
struct frame *script_frames_insert(const struct model *model, uint32_t innermost,
				   struct frame *frames, size_t *count);

/* The function of the outermost of these calls that is not of that library, as a thread is called;
 * NULL: there is none, or it may have been cut. */
const char *script_outermost(const struct model *model, uint32_t innermost);

/* The innermost of these calls that is not of that library; else the innermost. */
uint32_t script_place(const struct model *model, uint32_t innermost);

/* Whether a lock that was taken there is one by which CPython, up to 3.12, tells that the thread
 * has ended: each thread holds its own from its start on. */
bool script_takes_end(const struct model *model, uint32_t innermost);

/* Whether the frame is one of the interpreter's own library, by which programs take and wait for
 * locks. */
bool script_is_library(const struct frame *frame);

#endif
