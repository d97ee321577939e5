/*
 * What is demanded of threads by objects with which rounds did what an earlier one had done, and
 * left nothing (TRACE_LOCK_FEWER; preload/meetings.h). Of those rounds there is neither event nor
 * tally. A schedule (witness.h) needs none where it can do without them, or has them as they were.
 *
 * It has such a round as a whole, or not at all: its creator, who joined all of it before it went
 * on, has come past it or not. The recorder leaves nothing of a round only where nobody else was
 * at its objects from the one before that to its end, nor did its creator do anything with them
 * meanwhile (where he did, as in preload/mid_round.h, the flag below is not set). So in the
 * recorded order it is one block of operations, with nobody else's in between.
 *
 * Where nobody but the rounds and their creator ever let others go on by the object
 * (TRACE_LOCK_INSIDE), a schedule in the recorded order comes to such a block with all that had
 * been given by then: it was given by the creator, who is here, and by threads that it has joined.
 * So the block runs as it did, and what is recorded is as good as if the block were not there:
 *
 * - Semaphores. Each round puts in as many units as it takes; or only puts in, where nobody takes
 *   any. Others may have taken some: in the schedule these are not more than there were then, so
 *   the block finds no fewer units. With balanced blocks left out there is still a post for each
 *   take that was recorded, before it: that is looked at here, as it is so of nothing else. Then
 *   the posts that demand_units.h names will do for a take. Who posts when the last such round is
 *   over changes nothing in them. But if somebody else posted before, a round may have gone on with
 *   his unit, and left its own to him; in a schedule without that post it might hang. Then nothing
 *   is known.
 *
 * - Conditions and barriers. Nobody but the rounds and their creator was ever there. Who waited was
 *   of one round, and so was whoever let him go on, or the creator: either both are recorded or
 *   none is. A barrier's round is over when all have left it, so the next one finds it as it was.
 *
 * But who takes a condition's mutex may find, without waiting, what was signalled under it
 * (closure.h), by rounds of which nothing is left. That may be so of threads that were never at the
 * condition, so it is demanded that all such rounds are over that can have been before the end of
 * the thread. Its creator's epochs tell which can: a step from one to the next that is neither the
 * creation of a thread that is recorded, nor the join of one, nor an event, may have been that of
 * a round. Of a thread that was at the condition none was at the same time, or it would be known
 * as somebody from outside; and those before it were over when it was made. That is demanded for
 * all conditions that rounds left nothing of, whoever else was there.
 */
#ifndef GORDIAN_DEMAND_ROUNDS_H
#define GORDIAN_DEMAND_ROUNDS_H

#include "model.h"

struct demand_rounds;

/* Keeps pointing to the model. */
struct demand_rounds *demand_rounds_new(const struct model *model);
void demand_rounds_free(struct demand_rounds *rounds);

/* Whether what is recorded of such an object is enough. */
bool demand_rounds_suffice(const struct demand_rounds *rounds, uint32_t lock);

/* What has to be over. */
struct demand_before {
	uint32_t creator, epoch;
	enum {
		DEMAND_BEFORE_NOTHING,
		DEMAND_BEFORE_EPOCH,   /* that creator has come to that epoch */
		DEMAND_BEFORE_END,     /* and to its end */
		DEMAND_BEFORE_UNKNOWN, /* whose rounds they are is not known */
	} what;
};

/* What the acquisition of that node demands by the i-th of those that are signalled under its lock.
 * False: there is no i-th. */
bool demand_rounds_before(const struct demand_rounds *rounds, uint32_t node, size_t i,
			  struct demand_before *before);

#endif
