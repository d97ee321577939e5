/* System calls that the program makes by their numbers. */
#ifndef GORDIAN_RAW_CALLS_H
#define GORDIAN_RAW_CALLS_H

/* A new trace: the records lay in the old one. */
void raw_calls_reset(void);

#endif
