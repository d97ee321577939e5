/*
 * Happens-before between processes. An image of a process comes after all that the image before it
 * did: exec ends all its threads but one, which goes on as the first thread of the new one. What a
 * wait says has ended, all images of that process, comes before what the waiting thread does
 * afterwards (POSIX, waitpid and its kin). That a fork comes after what its parent did before is a
 * creator like others (model_link.h).
 *
 * A wait under a lock that the child can take, too, orders nothing: such a child may wait for that
 * lock while its parent, which keeps it, waits for the child's end. The parent's next acquisition
 * under that lock does come after the child's end, but the deadlock comes before it.
 *
 * Not recorded: waits inside the C library (system, pclose), in signal handlers, by raw system
 * calls; who started a process through posix_spawn or vfork.
 */
#ifndef GORDIAN_PROCESS_ORDER_H
#define GORDIAN_PROCESS_ORDER_H

#include "sync_order.h"

void process_order_add(const struct model *model, struct order_edges *edges);

#endif
