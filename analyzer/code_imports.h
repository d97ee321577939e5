/* Where functions of other files go on, as far as their names tell. */
#ifndef GORDIAN_CODE_IMPORTS_H
#define GORDIAN_CODE_IMPORTS_H

#include <stdbool.h>

/* Whether it never comes back to its caller: it ends the program or the thread, throws, or jumps
 * elsewhere. */
bool code_import_never_returns(const char *import);
/* Whether it ends the program. */
bool code_import_ends_program(const char *import);
/* Whether it signals a condition, which is its first argument. */
bool code_import_signals(const char *import);
/* Whether it gives back a mutex, which is its first argument. */
bool code_import_unlocks(const char *import);
/* Whether it returns 0 unless its arguments are wrong. */
bool code_import_returns_zero(const char *import);

#endif
