/*
 * What threads do under the mutex of a condition. Whether a waiter has to wait is decided by data
 * that no recording shows, and a thread that signals may have set them itself: one that says "busy"
 * under the mutex, works, says "free" and signals comes before nobody, as others are let in before
 * it was busy. So a thread's signals order something only as long as it has not been under that
 * mutex without signalling.
 */
#ifndef GORDIAN_SIGNAL_SECTIONS_H
#define GORDIAN_SIGNAL_SECTIONS_H

#include "model.h"

/*
 * Whether the event is a signal that was made under a mutex: its node took that. The second: one
 * for a waiter that had been seen. Of the others, trace and model also have the last of each place
 * (struct signal), so who goes through those leaves the others' events out.
 */
bool signal_in_section(const struct event *event);
bool awaited_signal_in_section(const struct event *event);

struct signal_sections;

/* Under all mutexes that signals name. */
struct signal_sections *signal_sections_new(const struct model *model);
void signal_sections_free(struct signal_sections *sections);

/* The nodes of one mutex, so many. */
const uint32_t *signal_sections_nodes(const struct signal_sections *sections, uint32_t mutex,
				      size_t *count);

/*
 * How often the thread took the mutex in its situations that began in that epoch or before. Taking
 * it again at the end of a wait does not count.
 */
uint64_t signal_sections_count(const struct signal_sections *sections, uint32_t thread,
			       uint32_t mutex, uint32_t epoch);
/* Whether it may have taken it so after that signal, and before or in that epoch. */
bool signal_sections_new_one(const struct signal_sections *sections, const struct event *signal,
			     uint32_t epoch);

/*
 * Up to which epoch all that the thread did is before whoever goes on by what it said there: before
 * it gave the mutex back. A wait in that section has given it back already, and what was said may
 * have been so by then; what the thread did since is not before anything. Then it is the epoch that
 * ended with the first of these waits; if not all waits are events, the one before the epoch in
 * which it took the mutex, as far as is known. NO_INDEX: none is known.
 */
uint32_t signal_sections_before(const struct signal_sections *sections, const struct event *signal);

#endif
