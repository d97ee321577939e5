/*
 * The rules about lives of locks other than mutexes, which have a mark of their own: initialised
 * while a life lasts, used after its end. What is no lock of the C library has no such rules.
 */
#ifndef GORDIAN_LIFE_MISUSE_H
#define GORDIAN_LIFE_MISUSE_H

#include "graves.h"
#include "tree.h"

/*
 * Whether an initialisation (misuse->act) at misuse->lock is a second one of the same object, as
 * far as can be told here: makes the first, or the first use, the other side. Not on the heap or a
 * stack, where another object may have taken the place of one that nobody destroyed. What was
 * initialised before a fork may be so again in the child. Under the recorder's lock.
 */
bool life_blame_first(struct misuse *misuse, uint16_t kind);
/* Before an initialisation; under the recorder's lock. */
void life_check_init(struct thread *self, const struct misuse *misuse);
/* After a destruction that succeeded: the life is over, and a use before the next initialisation
 * will be noted. `misuse`: the act and its place. */
void life_over(const struct misuse *misuse);
/* Of a lock that was destroyed, as far as is known, and maybe initialised since. */
void life_note_use(struct thread *self, const struct acquire *use, uint16_t kind);

/* Before a use (enum trace_op or trace_act) by a way that is not taken each time. */
static inline void life_check_use(struct thread *self, const struct acquire *use, uint16_t kind)
{
	if (unlikely(graves_dug) && graves_has(use->lock, kind))
		life_note_use(self, use, kind);
}

#endif
