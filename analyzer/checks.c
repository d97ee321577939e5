/* The table of checks; the build makes the list from the one in meson.build. */
#include "checks_list.h"
#include "finding.h"

#define X(name) extern const struct check check_##name;
CHECKS(X)
#undef X

const struct check *const checks[] = {
#define X(name) &check_##name,
	CHECKS(X)
#undef X
		NULL,
};
