/*
 * What live threads want, as locks: a trace has only addresses.
 */
#ifndef GORDIAN_READER_WANTS_H
#define GORDIAN_READER_WANTS_H

#include "model.h"

/*
 * Finds the locks that the helds from first_held on want, among those from first_lock on, all of
 * which are of one process. Where nothing was recorded of one (nobody got it yet), adds it: the
 * array of locks has room for two more for each held.
 */
void reader_wants(struct model *model, size_t first_lock, size_t first_held);

#endif
