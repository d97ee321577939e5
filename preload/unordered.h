/*
 * Counts what orders threads or processes and is not written down, because there is more of it than
 * is kept (trace_format.h). Under the recorder's lock.
 */
#ifndef GORDIAN_UNORDERED_H
#define GORDIAN_UNORDERED_H

/* The life of a semaphore, a barrier, a condition or the like. */
void unordered_object(void);
/* The end of a child. */
void unordered_child(void);
/* A new trace. */
void unordered_reset(void);

#endif
