/*
 * Whether a thread may be cancelled. A wait for the end of a thread is a point of cancellation
 * (POSIX, pthread_join), so one that may be cancelled need not wait for ever, whatever the thread
 * does that it waits for.
 *
 * Only pthread_cancel does that, and few programs have it: known by what modules import. Who asks
 * the loader for it by its name (dlsym) is not seen.
 */
#ifndef GORDIAN_CANCEL_H
#define GORDIAN_CANCEL_H

#include <link.h>
#include <stdbool.h>
#include <stdint.h>

/* Looks at the modules that are there. Takes the loader's lock: once, before there are traces. */
void cancel_init(void);
/* Looks at one that was loaded since: its dynamic section, and where it is loaded. */
void cancel_look(const ElfW(Dyn) * section, uintptr_t bias);

/* Whether the calling thread may be cancelled by others. Not under the recorder's lock. */
bool cancel_may_come(void);

#endif
