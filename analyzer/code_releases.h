/* What functions of other files do to locks that their caller holds. */
#ifndef GORDIAN_CODE_RELEASES_H
#define GORDIAN_CODE_RELEASES_H

#include "code_imports.h"
#include "object_code.h"

/* Whether it is known to give back none, and to come back: of few that are not the C library's. */
bool code_import_keeps_locks(const struct object_code *code, const char *import);

#endif
