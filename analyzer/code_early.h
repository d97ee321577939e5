/*
 * Variables of a file that it may write to, or hand out the address of, other than by the rules of
 * the monitor that they belong to: without its mutex, under another one, or in a function that
 * tells nobody of it (code_under.h). So may another file to one that it knows by name. What the
 * file says that they begin as need not be what threads find: main may have set them, a
 * constructor, who is about to take the mutex. What writes just what they begin as is not counted.
 *
 * A variable is a part of what its symbol covers: a structure, or an array. Where a function hands
 * out an address in that (code_handed.h), or one stands in the file's data (code_pointers.h), it is
 * an object as others are, and what may write to one through a pointer, so far behind it, may write
 * to the variable (code_stores.h). In a file that has lost its symbols, objects are not known from
 * each other: nothing that is near the variable may be handed out there.
 */
#ifndef GORDIAN_CODE_EARLY_H
#define GORDIAN_CODE_EARLY_H

#include "code_explored.h"

/* What that is, found when first asked. */
struct code_early *asks_early(struct asks *asks);
void code_early_free(struct code_early *early);

/* Whether some of these bytes may be written to so. The rules: of the test's condition and lock,
 * which are the file's variables. */
bool code_early_has(struct code_early *early, uint64_t address, unsigned bytes,
		    const struct condition_test *test);

#endif
