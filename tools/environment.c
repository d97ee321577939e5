#include "environment.h"
#include "xalloc.h"
#include <gordian/options.h>
#include <stdlib.h>
#include <string.h>

/* Whether an entry, that ends at ':' or at the end of the text, is of that name. */
static bool is_named(const char *entry, const char *name, size_t length)
{
	return !strncmp(entry, name, length) && entry[length] == '=';
}

static const char *next_entry(const char *entry)
{
	entry += strcspn(entry, ":");
	return *entry ? entry + 1 : NULL;
}

static const char *find_last(const char *options, const char *name, size_t length)
{
	const char *found = NULL;

	for (; options; options = next_entry(options))
		if (is_named(options, name, length))
			found = options;
	return found;
}

char *environment_value(const char *options, const char *name)
{
	const char *entry = options ? find_last(options, name, strlen(name)) : NULL;

	if (!entry)
		return NULL;
	entry += strlen(name) + 1;
	return xstrndup(entry, strcspn(entry, ":"));
}

char *environment_option(const char *name)
{
	return environment_value(getenv(GORDIAN_OPTIONS_VARIABLE), name);
}

/* Without entries that a later one of the same name overrides, and without empty ones. */
static char *without_doubles(const char *options)
{
	char *result = xcalloc(strlen(options) + 1, 1);
	char *end = result;

	for (const char *entry = options; entry; entry = next_entry(entry)) {
		size_t name = strcspn(entry, "=:");
		size_t length = strcspn(entry, ":");
		const char *later = next_entry(entry);

		if (!length || (entry[name] == '=' && later && find_last(later, entry, name)))
			continue;
		if (end != result)
			*end++ = ':';
		memcpy(end, entry, length);
		end += length;
	}
	return result;
}

char *environment_options(const char *own, const char *directory)
{
	const char *present = getenv(GORDIAN_OPTIONS_VARIABLE);
	char *all = xasprintf("%s:%s:%s%s", present ? present : "", own ? own : "",
			      directory ? "out=" : "", directory ? directory : "");
	char *options = without_doubles(all);

	free(all);
	return options;
}

bool environment_children(const char *options)
{
	char *value = environment_value(options, "children");
	bool children = !value || strcmp(value, "0");

	free(value);
	return children;
}
