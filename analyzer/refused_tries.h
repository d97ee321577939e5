/*
 * Tries, and waits with a limit of time, that got a lock, and whose thread would have waited for it
 * if they had not (code_refused.h): each of them is a request, too. Where the code cannot be read
 * none is.
 */
#ifndef GORDIAN_REFUSED_TRIES_H
#define GORDIAN_REFUSED_TRIES_H

#include "model.h"

/*
 * Adds a node (`implied`) for each of them that may be part of a circle: that was made with
 * something held, and whose lock somebody holds while he takes another one. Once, when the model is
 * linked.
 */
void refused_tries_imply(struct model *model);

#endif
