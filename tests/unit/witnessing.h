/*
 * A model with three locks and two threads of its main thread, in which schedules that lead to a
 * deadlock are looked for.
 */
#ifndef GORDIAN_WITNESSING_H
#define GORDIAN_WITNESSING_H

#include "synthetic.h"
#include "witness.h"

extern struct synthetic *made;
extern uint32_t a, b, gate, t1, t2;

/* What was found last. */
extern struct witness_move *moves;
extern size_t move_count;
extern uint32_t fresh; /* witness_find */

/* A checked fixture. */
void witnessing_begin(void);
void witnessing_end(void);

struct node *node(uint32_t index);
/* The thread takes the lock at a place of its own, with that node's path held. */
uint32_t take_at(uint32_t thread, uint32_t parent, uint32_t lock, const char *place);
/* t1 takes b inside a. */
uint32_t take_ab(void);
/* t2 takes a inside b. */
uint32_t take_ba(void);
/* An event after all others, while that node's path is held. */
void event(uint32_t thread, uint16_t kind, uint32_t lock, uint32_t epoch, uint32_t held);

enum witness find(const struct witness_party *parties, size_t count);
/* Of two acquisitions, each inside the lock that the other wants. */
enum witness find_two(uint32_t x, uint32_t y);

#endif
