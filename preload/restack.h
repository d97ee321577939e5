/*
 * The held stack when something below its top is given back (tree.h): the entries above it come to
 * lie further down, and stand for other situations then.
 */
#ifndef GORDIAN_RESTACK_H
#define GORDIAN_RESTACK_H

#include "recorder.h"

/*
 * The entries from index `from` on come to lie on the first `onto` ones. `below`: the key of what
 * was below them. In a section, or in the slow path.
 */
void restack(struct thread *self, uint32_t from, uint32_t onto, uint64_t below);
/*
 * The holes from index `from` on go, all at once. No node is made of what was held in between, so
 * that the analysis cannot tell by what way the thread came there: this is counted. In the slow
 * path.
 */
void restack_over(struct thread *self, uint32_t from);
/*
 * As restack, where the lock is the second from the top, which is the usual case of it: it is given
 * back. False: it is another case, or was not met before, and nothing has been done. In a section.
 */
bool restack_second(struct thread *self, const void *lock);

#endif
