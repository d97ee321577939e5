/* What `run` and `record` have in common: look at the program, prepare, start it, wait. */
#ifndef GORDIAN_START_H
#define GORDIAN_START_H

#include "recording.h"
#include "settings.h"

/*
 * False: the program did not run, why has been said, and *exit_code is what to exit with.
 * Otherwise the recording is finished, and the caller closes it. *watch looks for deadlocks
 * meanwhile, and is the caller's afterwards; watch NULL: nobody looks.
 */
bool start_program(struct settings *settings, const char *directory, bool temporary,
		   char **command_line, struct recording *recording, struct outcome *outcome,
		   struct watch **watch, int *exit_code);

#endif
