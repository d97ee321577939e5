/*
 * Variables of a file that it may write to, or hand out the address of, where no lock was taken
 * before in the same function: in main, as a constructor, by who is about to take the lock. What
 * the file says that they begin as need not be what threads find. What writes just that is not
 * counted.
 *
 * So is one whose address stands in its data (code_pointers.h).
 *
 * A lock was taken before if a function that takes one is called at a lower address, directly or
 * through so many functions of the file. Writes through pointers are told by the address that is
 * handed out; that of a structure stands for its first member only.
 */
#ifndef GORDIAN_CODE_EARLY_H
#define GORDIAN_CODE_EARLY_H

#include "code_explored.h"

/* What that is, found when first asked. */
const struct code_early *asks_early(struct asks *asks);
void code_early_free(struct code_early *early);

/* Whether some of these bytes may be written to so. */
bool code_early_has(const struct code_early *early, uint64_t address, unsigned bytes);

#endif
