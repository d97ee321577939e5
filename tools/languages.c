/* Owns the names of interpreters whose locks are their own. */
#include "languages.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "wrappers.h"

/*
 * Ruby: Mutex and Monitor are lists of waiters under the interpreter's lock (thread_sync.c). Guile:
 * so are its mutexes, each around a lock that is held for a moment only (threads.c).
 */
static const struct {
	const char *name; /* a version may follow */
	const char *language;
} interpreters[] = {
	{"ruby", "Ruby"},
	{"guile", "Guile"},
};

static bool is_version(const char *text)
{
	text += *text == '-';
	while (isdigit((unsigned char)*text) || *text == '.')
		text++;
	return !*text;
}

const char *languages_interpreted(const char *path)
{
	const char *base = path_base(path);

	for (size_t i = 0; i < sizeof(interpreters) / sizeof(*interpreters); i++) {
		const size_t length = strlen(interpreters[i].name);

		if (strncmp(base, interpreters[i].name, length) == 0 && is_version(base + length))
			return interpreters[i].language;
	}
	return NULL;
}
