/*
 * What comes before threads that come too late to wait for a condition (late_comers.h). They go on
 * because there has been news of it. Taken as given is, as of those who do wait (sync_order.h),
 * that who signals has just made true, under the mutex, what is looked for; and that nobody else
 * does. So if one thread alone ever signals the condition, and did so each time that it took the
 * mutex, they come after what it did before the first time; unless another one took the mutex at
 * the same place, or where its code may signal the condition as well: it may do so only if it is
 * the first. And what countdowns show (countdowns.h).
 */
#ifndef GORDIAN_SYNC_LATE_H
#define GORDIAN_SYNC_LATE_H

#include "signal_sections.h"
#include "sync_order.h"

void sync_late_add(const struct model *model, const struct signal_sections *sections,
		   struct order_edges *edges);

#endif
