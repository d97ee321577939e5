/*
 * A model with two locks and two threads of its main thread, in which threads are made to wait; who
 * waits for whom in it, and what nobody can end.
 */
#ifndef GORDIAN_WAITING_H
#define GORDIAN_WAITING_H

#include "hangs.h"
#include "synthetic.h"

extern struct synthetic *made;
extern struct wait_graph *graph;
extern struct hangs hangs;
extern uint32_t a, b, t1, t2;

/* A checked fixture. */
void waiting_setup(void);
void waiting_teardown(void);

struct lock *lock_at(uint32_t lock);

/* thread holds that lock (NO_INDEX: none) and waits for another one by op; op 0: for nothing. */
struct held *waits(uint32_t thread, uint32_t holds, uint16_t op, uint32_t wants);
/* thread waits on a condition, holding nothing. */
void wait_on(uint32_t thread, uint32_t condition, uint32_t mutex);

/* Once the model is made: fills graph and hangs. */
void look(void);
void look_with(const struct wait_facts *facts);

/* They fail the test unless what was found is one circle of so many, with so many stuck behind it;
 */
void expect_cycle(uint32_t count, uint32_t stuck);
/* one hang of so many, so many of whom wait for nobody; all threads of the process, or not; */
void expect_hang(uint32_t count, uint32_t roots, bool whole);
/* nothing. */
void expect_none(void);

#endif
