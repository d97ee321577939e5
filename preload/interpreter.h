/*
 * Frames of interpreted code. The call stack of a Python program shows the interpreter alone, and
 * is the same wherever the program is: what tells its places apart are the interpreter's own
 * frames.
 *
 * CPython 3.11 to 3.13, whose frames are linked structures (Include/internal/pycore_frame.h of
 * each; the layouts are the same in all releases of one minor version, which is asked for). They
 * are read, and nothing is called that makes, counts or locks an object: a thread reads its own
 * frames, which nobody else changes, while it has the interpreter's lock, or waits, without it, in
 * a call that they made. Free-threaded and debugging builds, and other versions, have none that are
 * known here.
 *
 * Only of an interpreter that is the program, or linked to it. Under the recorder's lock, unless
 * said otherwise.
 */
#ifndef GORDIAN_INTERPRETER_H
#define GORDIAN_INTERPRETER_H

#include <stdbool.h>
#include <stdint.h>

/* A call in interpreted code, and those around it: one for each chain of them. */
struct script;

/* Whether there is an interpreter whose frames can be read. */
extern bool interpreter_there;

/*
 * The calling thread's innermost call, where the interposed one returns to `site`; NULL: none, or
 * not known. `lock`: it is about one of the locks that the interpreter makes for programs, and not
 * about its own.
 */
struct script *interpreter_calls(const void *site, bool lock);

/*
 * What tells the place of a call that is about such a lock from others, as a key's part: its
 * instruction, that of its caller, and how deep it is. Asks nothing that changes, so that it needs
 * no lock: for the fast path.
 */
uint64_t interpreter_place(void);

/* Reference of its record, writing it first if need be; 0: none. NULL is fine. */
uint32_t script_ref(struct script *script);

/* A new trace: every call is to be written again when used. */
void interpreter_reset_refs(void);

#endif
