/*
 * Who holds what and who waits for whom, of the threads that live when the recording is read.
 */
#ifndef GORDIAN_TEXT_WAITS_H
#define GORDIAN_TEXT_WAITS_H

#include "text_layout.h"

/*
 * Prints the threads of each process that had not come to its end by itself; of the others, how
 * they ended.
 */
void text_waits(struct text *text);

#endif
