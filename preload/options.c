/* Owns the parsed options; made from the one table in include/gordian/options.h. */
#include "options.h"

#include "system.h"

#include <stdbool.h>
#include <string.h>

struct options options = {
#define X(name, type, value, argument, help) .name = value,
	GORDIAN_OPTIONS_TABLE(X)
#undef X
};

static char text_copy[4096];

static void complain(const char *what, const char *word)
{
	static const char prefix[] = "gordian: GORDIAN_OPTIONS: ";
	char line[256];
	size_t length = sizeof(prefix) - 1;

	if (options.quiet)
		return;
	memcpy(line, prefix, length);
	for (const char *part = what; *part && length < sizeof(line) - 2; part++)
		line[length++] = *part;
	for (const char *part = word; *part && length < sizeof(line) - 2; part++)
		line[length++] = *part;
	line[length++] = '\n';
	sys_write(2, line, length);
}

static bool parse_text(const char **field, const char *value, const char *argument)
{
	(void)argument;
	*field = value;
	return *value != '\0';
}

static bool parse_number(uint64_t *field, const char *value, const char *argument)
{
	uint64_t number = 0;

	(void)argument;
	if (!*value || strlen(value) > 15)
		return false;
	for (; *value; value++) {
		if (*value < '0' || *value > '9')
			return false;
		number = number * 10 + (uint64_t)(*value - '0');
	}
	*field = number;
	return true;
}

static bool parse_flag(uint64_t *field, const char *value, const char *argument)
{
	uint64_t number;

	if (!parse_number(&number, value, argument) || number > 1)
		return false;
	*field = number;
	return true;
}

static bool parse_choice(uint64_t *field, const char *value, const char *argument)
{
	size_t length = strlen(value);

	for (uint64_t index = 0; argument; index++) {
		const char *end = strchrnul(argument, '|');

		if ((size_t)(end - argument) == length && !memcmp(argument, value, length)) {
			*field = index;
			return true;
		}
		argument = *end ? end + 1 : NULL;
	}
	return false;
}

static void parse_one(const char *name, const char *value)
{
#define X(option, type, initial, argument, help) \
	if (!strcmp(name, #option)) { \
		if (!parse_##type(&options.option, value, argument)) \
			complain("bad value, ignored; expected " #option "=", argument); \
		return; \
	}
	GORDIAN_OPTIONS_TABLE(X)
#undef X
#define X(option) \
	if (!strcmp(name, #option)) { \
		if (strcmp(value, "0") != 0) \
			complain("has no effect yet: ", name); \
		return; \
	}
	GORDIAN_OPTIONS_RESERVED(X)
#undef X
	complain("unknown option, ignored: ", name);
}

/* Before anything is named, wherever it stands; the last one counts. */
static void parse_quiet(const char *text)
{
	static const char quiet[] = "quiet=";
	const size_t length = sizeof(quiet) - 1;

	for (const char *end; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, ':');
		if ((size_t)(end - text) == length + 1 && !memcmp(text, quiet, length) &&
		    (text[length] == '0' || text[length] == '1'))
			options.quiet = text[length] == '1';
	}
}

void options_parse(const char *text)
{
	char *next = text_copy;

	if (!text)
		return;
	parse_quiet(text);
	strncpy(text_copy, text, sizeof(text_copy) - 1);
	while (next && *next) {
		char *word = next, *equals;

		next = strchr(word, ':');
		if (next)
			*next++ = '\0';
		equals = strchr(word, '=');
		if (equals)
			*equals++ = '\0';
		if (*word)
			parse_one(word, equals ? equals : "");
	}
}
