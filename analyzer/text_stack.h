/*
 * Call stacks in the text report: only the frames that tell the story.
 */
#ifndef GORDIAN_TEXT_STACK_H
#define GORDIAN_TEXT_STACK_H

#include "text_layout.h"

/* The frames of a stack that are shown: pointers into the symbols. */
struct text_stack {
	const struct frame **frames;
	size_t count;
	bool cut; /* the recording does not have the outermost ones */
};

/*
 * Selects the frames of the program's own; all of them with --verbose. A stack that has none gives
 * its first frame. Free with text_stack_free.
 */
struct text_stack text_stack_select(const struct text *text, uint32_t stack);
void text_stack_free(struct text_stack *stack);

/* How many of the outermost frames of two stacks are the same. At least one frame of each is not
 * counted. */
size_t text_stack_common(const struct text_stack *a, const struct text_stack *b);

/*
 * Prints the stack, innermost frame and its source line first; the `skip` outermost frames are left
 * out. `recorded_realtime_ns`: see source_line.
 */
void text_stack_print(struct text *text, const struct text_stack *stack, size_t skip,
		      unsigned indent, uint64_t recorded_realtime_ns);

/* "f at a.c:3", "f (libx.so)", "prog+0x1234"; from malloc. */
char *text_frame(const struct text *text, const struct frame *frame);

#endif
