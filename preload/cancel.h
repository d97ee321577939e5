/*
 * Whether a thread may be cancelled. A wait for the end of a thread, for a semaphore or for a
 * record lock of a file is a point of cancellation (POSIX, 2.9.5), so one that may be cancelled
 * need not wait for ever, whatever those do that it waits for.
 *
 * Only pthread_cancel does that, and few programs have it: known by what modules import. Who asks
 * the loader for it by its name (dlsym) is not seen.
 */
#ifndef GORDIAN_CANCEL_H
#define GORDIAN_CANCEL_H

#include <link.h>
#include <stdint.h>

struct thread;

/* Looks at the modules that are there. Takes the loader's lock: once, before there are traces. */
void cancel_init(void);
/* Looks at one that was loaded since: its dynamic section, and where it is loaded. */
void cancel_look(const ElfW(Dyn) * section, uintptr_t bias);

/*
 * The calling thread, `self`, is about to wait at a point of cancellation: notes it in its record
 * when it may be cancelled there. Not under the recorder's lock.
 */
void cancel_note(struct thread *self);

#endif
