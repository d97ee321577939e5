/*
 * Language runtimes that install signal handlers of their own as they start, before the first line
 * of the program. That is no plan of the program's to be interrupted: nobody may ever send these
 * signals, and who does means to end it. So such a handler is not one of those that may end a wait
 * (trace_format.h, runtime). What the program installs is, be it the same function for the
 * same signal.
 *
 * CPython (3.2 to 3.11, and on): one handler, of SIGINT, from within Py_Initialize. It sets a flag,
 * and what becomes of it is an exception (KeyboardInterrupt) in the main thread. It is installed by
 * PyOS_setsig, as all that signal.signal installs is, but while Py_IsInitialized says no: it says
 * yes from before the first module is imported that is not the interpreter's own, site and
 * sitecustomize included. Both are public functions; where they are not there when the process
 * starts, as in a program that loads Python later, every handler counts.
 */
#ifndef GORDIAN_RUNTIMES_H
#define GORDIAN_RUNTIMES_H

#include <stdbool.h>

/* Whether a handler of that signal is being installed so, by a call that returns to `site`. Takes
 * no lock. */
bool runtimes_install(int number, const void *site);

#endif
