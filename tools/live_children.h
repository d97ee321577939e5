/*
 * Waits for the end of child processes, as the kernel tells of them: not all of them are in traces.
 */
#ifndef GORDIAN_LIVE_CHILDREN_H
#define GORDIAN_LIVE_CHILDREN_H

#include "live_facts.h"

/* Whether some thread of the process sleeps in such a wait. */
bool live_awaits_child(pid_t pid);

/*
 * The processes of which one has to end, for what the thread waits for. Left empty when that is no
 * child, or one that is not recorded.
 */
void live_children_find(const struct model *model, uint32_t thread, const struct live_thread *live,
			struct wait_enders *enders);

/*
 * Adds to the model what the trace does not tell: that a thread of it waits for a child. False: it
 * does not, or for one that is not recorded.
 */
bool live_children_add(struct model *model, uint32_t thread, const struct live_thread *live);

#endif
