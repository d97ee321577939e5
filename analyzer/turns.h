/*
 * Threads that work in turn: each is over with what it does before the next one begins. With
 * thousands of them it would take millions of questions to find out pair by pair.
 */
#ifndef GORDIAN_TURNS_H
#define GORDIAN_TURNS_H

#include "edge_view.h"
#include "order.h"

/*
 * Whether all acquisitions of these edges are ordered, but for those of the same thread: the
 * threads, in the order of their creation, each come before the next one. False says nothing.
 */
bool turns_taken(const struct model *model, struct order *order, struct edge_view *const *views,
		 size_t count);

#endif
