/*
 * Semaphores by which a thread tells others that it has ended. It made the semaphore, with one
 * unit, and took that before anybody else (preload/latch.h); it took it once, and after it gave it
 * back it took no lock inside another any more. Everybody used it as a lock. Then whoever takes it
 * comes after all that its maker did until it gave it back, in every schedule:
 *
 * 1. Nobody takes it before its maker does. Nobody can know it before it was made (to take it then
 *    would be to take what is no semaphore yet), and its maker takes it next, in the same epoch, as
 *    the newest that it made, holding nothing. That no one gets to know it in between, say through
 *    a variable that he looks at over and over, and takes it first, is assumed: the maker would have
 *    to wait for who waits for him. What makes that certain enough is the rest: a lock that is made
 *    by the thread that is to hold it, and is held for as good as all its life, keeps nobody out,
 *    it only lets others wait for the thread's end.
 * 2. As from then on there is no unit, the first take of another thread needs a post; of those who
 *    use it as a lock nobody posts what he has not taken; so the first post is its maker's.
 *
 * What is taken inside another lock afterwards would say that it was the end of something else:
 * then nothing is said.
 */
#ifndef GORDIAN_LATCHES_H
#define GORDIAN_LATCHES_H

#include "model.h"

struct latches;

/* NULL: there are none. Keeps pointing to the model. */
struct latches *latches_new(const struct model *model);
void latches_free(struct latches *latches);

/* Whether the event (opened), of which its thread has no other, is that of a latch. */
bool latches_hold(const struct latches *latches, const struct event *opened);

#endif
