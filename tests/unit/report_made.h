/*
 * A report on a trace that is made by hand: a process with a main thread, two more, and two locks.
 * A test adds what the threads do, analyses it, and prints it.
 */
#ifndef GORDIAN_REPORT_MADE_H
#define GORDIAN_REPORT_MADE_H

#include "format.h"
#include "trace_builder.h"

/* A report on what the builder holds, and all that belongs to it. */
struct fixture {
	struct trace_builder *builder;
	uint32_t main, threads[2], locks[2];
	struct model model;
	struct analysis analysis;
	struct findings findings;
	struct report report;
	char *printed;
};

extern struct fixture fixture;

/* A checked fixture. */
void report_set_up(void);
void report_tear_down(void);

/* The thread takes `inner` while it holds `outer`, `count` times; the inner node. */
uint32_t nest(unsigned thread, unsigned outer, unsigned inner, uint64_t count);
/* The threads nest the locks in opposite orders. */
void abba(void);
/* Reads what was built, and runs the checks. */
void analyse(void);
/* The report in that format: also fixture.printed, until the next call. */
const char *print(const char *format);

#endif
