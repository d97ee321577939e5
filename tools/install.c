#include "install.h"
#include "xalloc.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORDER "libgordian.so"

/* The directory the running command lies in; NULL: unknown. */
static char *own_directory(void)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
	char *slash;

	if (length <= 0 || length == sizeof(path))
		return NULL;
	path[length] = '\0';
	slash = strrchr(path, '/');
	return slash ? xstrndup(path, slash == path ? 1 : slash - path) : NULL;
}

/*
 * The installed library directory is kept relative to the installed command where they share a
 * prefix, so that a whole installation can be moved.
 */
static const char *const places[] = {"../preload", INSTALLED_RELATIVE_LIBRARY_DIRECTORY};

char *install_recorder(char **expected)
{
	char *directory = own_directory();
	char *found = NULL;
	char *path = NULL;

	for (size_t i = 0; directory && !found && i < sizeof(places) / sizeof(places[0]); i++) {
		path = xasprintf("%s/%s/" RECORDER, directory, places[i]);
		if (!access(path, R_OK))
			found = realpath(path, NULL);
		free(path);
	}
	free(directory);
	path = xstrdup(INSTALLED_LIBRARY_DIRECTORY "/" RECORDER);
	if (!found && !access(path, R_OK))
		found = xstrdup(path);
	if (expected)
		*expected = path;
	else
		free(path);
	return found;
}
