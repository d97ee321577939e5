/*
 * The thread on whose time line the others of a component are placed (edge_view.h).
 */
#ifndef GORDIAN_ANCHOR_H
#define GORDIAN_ANCHOR_H

#include "graph.h"

/*
 * The thread that created most of those that acquire something in the component; if none did, the
 * one its process began with; NO_INDEX: not known.
 */
uint32_t anchor_find(const struct graph *graph, uint32_t component);

#endif
