/*
 * What system calls the recorder may still make, after the program has confined itself with seccomp
 * (seccomp(2)). One that the filter does not allow may kill the process, and the program itself
 * would never have made it: the recorder then goes without (RAW in system.c), and counts what it
 * cannot record.
 *
 * Filters are small programs over the call's number: they are run here for each, and what depends
 * on the arguments is taken for forbidden. Whatever thread is confined, all are taken to be.
 * Filters that were there before this image began are not known.
 */
#ifndef GORDIAN_CONFINED_H
#define GORDIAN_CONFINED_H

#include <stdbool.h>

/* Set for good with the first filter. */
extern bool confined;

/* Whether the filters allow that call; only if `confined`. */
bool confined_allows(long number);

/* The program is about to install a filter (struct sock_fprog), or `strict` mode. */
void confined_begin(bool strict, const void *filter);

/* Whether a new trace can be made. */
bool confined_may_open(void);

#endif
