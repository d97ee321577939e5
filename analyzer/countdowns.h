/*
 * Countdowns: each of several threads counts down once under a mutex, and signals when it was the
 * last one; who waits for that comes after all of them, though all but one told nobody. A run shows
 * who signalled, and that the others took the mutex; the code, what they did with it:
 *
 *  - each that took the mutex, but for those who ask, did so once, and added the same number to the
 *    same variable of the file (code_counts.h);
 *  - all who ask (code_asks.h) wait while the variable has any of the values that it has before the
 *    last of them, and no longer when it has the one after it: one that went on earlier might
 *    change it. (For one that is there too early: late_comers.h.)
 *
 * So if one of them were missing, it would wait. What a thread did before it counted is known of
 * those that signalled, and of those that took nothing afterwards.
 *
 * struct model, shown_orders: what comes before what by this.
 */
#ifndef GORDIAN_COUNTDOWNS_H
#define GORDIAN_COUNTDOWNS_H

#include "questions.h"

/* Of all conditions; events that came late are known to ask (late_comers.h). */
void countdowns_find(struct model *model, struct questions *questions);

#endif
