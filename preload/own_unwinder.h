/*
 * A libunwind that nobody else calls. A program that has libunwind itself may call it at any time,
 * and takes its locks by the calls that are recorded here: the walk for such a lock's record would
 * wait for that lock. So then the recorder has a copy, with locks of its own.
 */
#ifndef GORDIAN_OWN_UNWINDER_H
#define GORDIAN_OWN_UNWINDER_H

/* As by dlopen; NULL: there is none. Only from our constructor. */
void *own_unwinder_load(void);

#endif
