/* Programs that are about to be started from here: will they be recorded? */
#ifndef GORDIAN_SUCCESSOR_H
#define GORDIAN_SUCCESSOR_H

/*
 * Counts the program in the trace (TRACE_DROP_process) when it exists and the loader will not load
 * us into it: statically linked, for another machine, or with other rights than ours. `file` is
 * looked for in PATH when it has no slash. May run in a vfork child, or in a fork's child that has
 * no trace yet: then it is counted in the parent's.
 */
void successor_check(const char *file);

#endif
