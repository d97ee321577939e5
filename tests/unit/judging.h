/*
 * A model with four locks and three threads of its main thread, in which cycles are made and
 * judged.
 */
#ifndef GORDIAN_JUDGING_H
#define GORDIAN_JUDGING_H

#include "synthetic.h"
#include "verdict.h"

extern struct synthetic *made;
extern uint32_t a, b, c, gate, t1, t2, t3;

/* A checked fixture. */
void judging_setup(void);
void judging_teardown(void);

struct outcome {
	enum verdict verdict;
	enum reason reason;
	uint32_t gate;
	bool redundant, cut;
	uint64_t steps_used;
	struct judged_step steps[8];
};

/* Of a cycle of so many locks; at most eight. */
struct outcome judge(const uint32_t *locks, size_t count);
/* Of a and b. */
struct outcome judge_ab(void);
/* Fails the test unless a and b have that reason; REASON_NONE: unless they are a potential
 * deadlock.
 */
void expect_ab(enum reason reason);

/* thread takes `wanted` by op while it holds `held`, taken by held_op. */
uint32_t take_ops(uint32_t thread, uint32_t held, uint16_t held_op, uint32_t wanted, uint16_t op);
/* The same for a held mutex. */
uint32_t take_op(uint32_t thread, uint32_t held, uint32_t wanted, uint16_t op);

#endif
