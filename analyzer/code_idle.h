/*
 * Whether a try makes no difference for what the function of an ELF file that calls it does next:
 *
 *  - its result is not looked at before the next call of another file's function, there or in a
 *    function of the file that is called first, and can so be seen by nobody, unless that is where
 *    errno is asked for; or
 *  - when it succeeds it is made again, and nothing else is done in between.
 *
 * The function does the same then, however often the try succeeds. What is not certain from the
 * instructions alone, as of a result that is stored or returned, makes a difference.
 */
#ifndef GORDIAN_CODE_IDLE_H
#define GORDIAN_CODE_IDLE_H

#include "object_code.h"

/* Of the call that returns to that address; 0 says that it succeeded, -1 that it failed. */
bool code_try_is_idle(const struct object_code *code, uint64_t address);

/* Whether the result of the call that returns there is not looked at, as above. */
bool code_result_is_ignored(const struct object_code *code, uint64_t address);

#endif
