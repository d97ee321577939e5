/*
 * Which posts are enough for a take of a semaphore.
 *
 * A semaphore begins with v units. The k-th take that was recorded, of all threads together, was
 * there when at least k - v posts had been: a post is recorded before it is made, a take after it
 * (trace_format.h, event). So the first k - v posts were recorded before it. A schedule that runs
 * in the recorded order, with these posts and with whichever of the other takes, has at most k - 1
 * takes before this one, and so a unit for it. That other posts came before it, too, was chance.
 *
 * Fewer would do where fewer takes come before it, and others in their place. But with a unit often
 * goes what lies in a queue, and by these posts it is the same that the take got.
 *
 * Takes with a limit of time are not recorded; nothing that comes after one is in such a schedule
 * (thread, blind).
 */
#ifndef GORDIAN_DEMAND_UNITS_H
#define GORDIAN_DEMAND_UNITS_H

#include "model.h"

/*
 * For each event the number (struct event) that those which it needs lie before: of a take of such
 * a semaphore whose takes are all known, as above; of all others their own number. vague, of each
 * lock: not all its posts are known. To be freed.
 */
uint32_t *demand_units_new(const struct model *model, const bool *vague);

#endif
