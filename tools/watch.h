/*
 * The supervisor of `gordian run`: looks, from outside and every now and then, whether threads of
 * the recorded processes wait for each other, or for what nobody can do any more.
 *
 * A look reads little (watch_trace.h). Only what has looked like a deadlock for a while is a reason
 * to read the traces as a whole and to make the analyzer's wait graph of them; what that confirms,
 * and a last look finds unchanged, counts. The traces are kept as they were read then: what becomes
 * of the program afterwards does not change what was seen.
 */
#ifndef GORDIAN_WATCH_H
#define GORDIAN_WATCH_H

#include "assessment.h"
#include "recording.h"

struct watch;

enum watch_action {
	WATCH_END,   /* the program is ended */
	WATCH_ABORT, /* the same, with SIGABRT */
	WATCH_GO_ON, /* nothing is looked at */
};

/* What is to be done about a deadlock, as the recording's options say. */
struct watch *watch_new(const struct recording *recording);
void watch_free(struct watch *watch);
enum watch_action watch_action(const struct watch *watch);

/* Looks once; true: there is a deadlock. *next: in how many seconds to look again. */
bool watch_look(struct watch *watch, double *next);

/* Keeps the traces as they are now, if nothing is kept yet. */
void watch_keep(struct watch *watch);

/* Sends a signal (0: none) to `child` (0: none), every recorded process that is left, and those
 * that run in the memory of one (borrowers.h). False: there is none. */
bool watch_signal(struct watch *watch, pid_t child, int signal);

/* What was kept; NULL: nothing was. The caller owns it; what is known of its threads lives as long
 * as `watch`. */
struct assessment *watch_take(struct watch *watch);

/*
 * Writes into what was kept how the processes have ended since, and `why` with `child` and those
 * that were sent a signal. After the findings were made, which are of the time before.
 */
void watch_settle(const struct watch *watch, struct model *model, pid_t child, const char *why);

#endif
