/*
 * Simple cycles of locks in one component of the acquisition graph, shortest first, each once.
 *
 * The number of cycles can be exponential, so the search has bounds, and says when it was cut. Two
 * facts keep it small without losing a deadlock: a cycle of n locks needs n different threads, so
 * cycles longer than the number of threads in the component are not looked for one by one; and a
 * search for cycles of length n through a start lock, with a distance to that lock for each other
 * one, only walks where such a cycle may still close (iterative deepening, Korf, Artif. Intell.
 * 27:1, 1985, with the start the smallest lock of its cycle, as Tiernan has it, CACM 13:12, 1970).
 * A third: of a lock taken inside a, then b, the edge from b shows nothing that the edge from a
 * does not on a path that comes from a; or else 200 nested locks and one taken the other way round
 * would make 2^198 cycles. Cycles that contain a shorter one in this way may be left out.
 *
 * Afterwards, an edge that lies on no cycle visited so far gets a shortest cycle through it. So
 * every component, and within the bounds every reversed order, is visited at least once.
 */
#ifndef GORDIAN_CYCLES_H
#define GORDIAN_CYCLES_H

#include "graph.h"

/* Cycles of more locks than this are not visited. */
#define CYCLES_MAX_LENGTH 256
/* Steps for one component; a step is one look at one edge. */
#define CYCLES_COMPONENT_STEPS (1u << 25)
/* What each component is granted whatever others have used. */
#define CYCLES_MIN_STEPS 4096u

/*
 * A cycle: each lock is held while the next one is wanted, the last while the first is. `locks`
 * begins with the smallest and is valid during the call only. *steps are the steps left to this
 * component: the visitor counts its own work down from it, at most to 0.
 */
typedef void cycles_visit(void *context, const uint32_t *locks, size_t count, uint64_t *steps);

/*
 * Visits the cycles of graph->components[component]. *budget is the number of steps left to all
 * components together, and is counted down. True: every cycle that could be a deadlock was visited.
 */
bool cycles_each(const struct graph *graph, size_t component, uint64_t *budget, cycles_visit *visit,
		 void *context);

#endif
