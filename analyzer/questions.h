/*
 * Whether a thread that holds a lock asked, by its code, for the news of a condition before it came
 * to join another thread: in the function that both took the lock and went on to join, or in those
 * between it and either call. What counts as asking: code_asks.h.
 *
 * The condition is known by its address: that of a variable, or of something that lies as far from
 * the lock as in this run. Assumed is that pointers to both stay what they are while the lock is
 * held.
 *
 * Nothing is said for code that cannot be read: another machine's, of a file that is gone or is
 * another one by now, without .eh_frame_hdr.
 */
#ifndef GORDIAN_QUESTIONS_H
#define GORDIAN_QUESTIONS_H

#include "code_counts.h"
#include "model.h"

struct questions;

/* Keeps pointing to the model. */
struct questions *questions_new(const struct model *model);
void questions_free(struct questions *questions);

/*
 * Nodes: by `holder` the lock was taken, by `join`, below it, the other thread is joined. The
 * condition is one of the model's locks. `alone`: the joiner was not seen to have another mutex
 * with that lock.
 */
bool questions_asked(struct questions *questions, uint32_t holder, uint32_t join,
		     uint32_t condition, bool alone);

/*
 * Whether who takes a lock by that node asks for the news of the condition on each way from there
 * to the end of the function, which it began to wait for as long as the variables of its file are
 * what they began as (condition_test, at_start). `place`: the lock's, TRACE_EVENT_PLACE; 0: that of
 * its record.
 */
bool questions_asked_alone(struct questions *questions, uint32_t node, uint32_t condition,
			   uint32_t place);

/* The same while a variable has another value. */
bool questions_asked_while(struct questions *questions, uint32_t node, uint32_t condition,
			   const struct code_variable *variable);

/*
 * Whether who takes a lock by that node may signal the condition before he gives it back, in the
 * function that took it or in those that called that (code_section.h). False: it is not known.
 */
bool questions_may_signal(struct questions *questions, uint32_t node, uint32_t condition,
			  uint32_t place);

/* Whether who takes a lock by that node counts, on each way from there to where it gives it back
 * (code_counts.h), and in the file of which module. */
bool questions_counts(struct questions *questions, uint32_t node, struct code_count *count,
		      const struct module **module);

#endif
