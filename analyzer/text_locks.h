/*
 * The table of the locks that were waited for most.
 */
#ifndef GORDIAN_TEXT_LOCKS_H
#define GORDIAN_TEXT_LOCKS_H

#include "text_layout.h"

/* Prints nothing when no lock was ever waited for. */
void text_locks(struct text *text);

#endif
