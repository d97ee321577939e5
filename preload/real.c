/* Owns the look-up of real functions. */
#include "real.h"

#include <dlfcn.h>
#include <errno.h>

void *real_lookup(const char *name, const char *version)
{
	int saved = errno;
	void *found = version ? dlvsym(RTLD_NEXT, name, version) : NULL;

	if (!found)
		found = dlsym(RTLD_NEXT, name);
	errno = saved;
	return found;
}
