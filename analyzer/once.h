/*
 * What threads know of one-time initialisations. Who has come back from a once knows that it is
 * complete, and so does whoever comes after that: to call it then is no wait, whoever runs the
 * initialiser in another schedule.
 */
#ifndef GORDIAN_ONCE_H
#define GORDIAN_ONCE_H

#include "order.h"

/*
 * For each node whether it is such a call: an earlier one of its thread, or one that happens before
 * it, has come back. NULL: there is none. The caller frees it.
 */
bool *once_known(const struct model *model, struct order *order);

#endif
