/*
 * Where the frame pointer of a function points to, told by its code and the stack pointer: for who
 * knows no more of a thread than that. Only for code that keeps one, and where the stack grew by
 * the same on all ways: not where a function takes room on it by a number (alloca), or aligns it.
 */
#ifndef GORDIAN_FRAME_POINTER_H
#define GORDIAN_FRAME_POINTER_H

#include "object_code.h"

/* How far it is above the stack pointer when that instruction is next, or in the call that it
 * makes; the address may lie inside of the instruction. False: not known. */
bool frame_pointer_find(const struct object_code *code, uint64_t address, uint64_t *distance);

#endif
