/*
 * What the calling thread was when it ended, should it lock once more (threads.c): its own record
 * may be another thread's by then (twins.h). Under the recorder's lock.
 */
#ifndef GORDIAN_LATE_H
#define GORDIAN_LATE_H

#include "recorder.h"

/* It ends. */
void late_begin(const struct trace_thread *was);
/* Whether it has ended. */
bool late_is(void);
/* Its own record; 0: there is none. */
uint32_t late_record(void);
/* This one is its own from now on. It keeps its number. */
void late_take(struct trace_thread *record);
/* In the child of a fork. */
void late_forget(void);

#endif
