/*
 * A trace that is made by hand, with its main thread, and the model that it is read into.
 */
#ifndef GORDIAN_READING_H
#define GORDIAN_READING_H

#include "trace_builder.h"

extern struct trace_builder *b;
extern uint32_t main_thread;
extern struct model model;
extern struct reader_error reader_error;

/* A checked fixture: the model is empty. */
void reading_setup(void);
void reading_teardown(void);

/* Reads the trace as it is now; it fails the test unless that is good. May be called again. */
void read_good(void);

#endif
