/*
 * Whether who tries to take a lock, or waits for it with a limit of time, and is refused waits for
 * it then, with all that it held: the code is followed from behind the try on, with the result that
 * says so, and each way comes to a call that waits for the same lock, or tries again for ever. On
 * none of them
 *
 *  - is anything called that may give a lock back: it backs off. Of functions of other files, that
 *    is known of the C library's alone; those of the same file are followed;
 *  - does the thread go on without the lock, or throw an exception.
 *
 * A function that leaves it to its caller to wait is followed there, as far as the calls are known.
 * The same lock is one whose address is the same value (code_flow.h). A function that ends the
 * program ends a way. What is not certain from the instructions says no.
 */
#ifndef GORDIAN_CODE_REFUSED_H
#define GORDIAN_CODE_REFUSED_H

#include "object_code.h"

/* Calls around the try that are looked at, and calls that are followed inwards. */
#define REFUSED_MAX_FRAMES 5u
#define REFUSED_MAX_DEPTH 4u

/* Instructions that are gone over for all tries of a run; few are for one. */
#define REFUSED_ALL_STEPS (UINT64_C(1) << 23)

/* Of the calls that return to these addresses, from the try outwards: `count`, of one file. Counts
 * down *steps_left by the work it takes; when that is not enough it says no. */
bool code_refused_waits(const struct object_code *code, const uint64_t *returns, size_t count,
			const char *try, uint64_t *steps_left);

#endif
