/* Numbers with units, plurals, and text that is safe to print. */
#include "human.h"
#include "xalloc.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct unit {
	double ns;
	const char *name;
};

static const struct unit units[] = {{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}};

const char *human_ns(char buffer[HUMAN_SIZE], uint64_t ns)
{
	uint64_t seconds = ns / 1000000000u;
	size_t i;

	if (seconds >= 120) {
		snprintf(buffer, HUMAN_SIZE, "%llu min %u s", (unsigned long long)(seconds / 60),
			 (unsigned)(seconds % 60));
		return buffer;
	}
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		double value = (double)ns / units[i].ns;

		if (value < 0.9995)
			continue;
		snprintf(buffer, HUMAN_SIZE, "%.*f %s",
			 value < 9.995	 ? 2
			 : value < 99.95 ? 1
					 : 0,
			 value, units[i].name);
		return buffer;
	}
	snprintf(buffer, HUMAN_SIZE, "%u ns", (unsigned)ns);
	return buffer;
}

const char *human_count(char buffer[HUMAN_SIZE], uint64_t count)
{
	char digits[HUMAN_SIZE];
	int length = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)count);
	char *out = buffer;
	int i;

	for (i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			*out++ = ',';
		*out++ = digits[i];
	}
	*out = '\0';
	return buffer;
}

const char *human_plural(char buffer[HUMAN_SIZE + 20], uint64_t count, const char *noun)
{
	char number[HUMAN_SIZE];
	size_t length = strlen(noun);
	const char *ending = count == 1 ? "" : "s";

	if (count != 1 && length > 0 && noun[length - 1] == 's')
		ending = "es"; /* process */
	snprintf(buffer, HUMAN_SIZE + 20, "%s %s%s", human_count(number, count), noun, ending);
	return buffer;
}

/* The length of the valid UTF-8 sequence at text (RFC 3629), 0 if there is none. */
static size_t sequence(const unsigned char *text)
{
	size_t length, i;
	unsigned low = 0x80, high = 0xbf;

	if (text[0] < 0x80)
		return 1;
	if (text[0] < 0xc2 || text[0] > 0xf4)
		return 0;
	length = text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
	if (text[0] == 0xe0)
		low = 0xa0; /* overlong */
	else if (text[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (text[0] == 0xf0)
		low = 0x90; /* overlong */
	else if (text[0] == 0xf4)
		high = 0x8f; /* above U+10FFFF */
	for (i = 1; i < length; i++) {
		if (text[i] < low || text[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return length;
}

/* C0 and C1 controls, and DEL. */
static bool is_control(const unsigned char *text)
{
	return text[0] < 0x20 || text[0] == 0x7f || (text[0] == 0xc2 && text[1] < 0xa0);
}

static char *clean(const char *text, bool keep_controls)
{
	const unsigned char *in = (const unsigned char *)text;
	char *result = xmalloc(strlen(text) + 1);
	char *out = result;

	while (*in) {
		size_t length = sequence(in);

		if (length == 0) {
			*out++ = '?';
			in++;
		} else if (!keep_controls && is_control(in)) {
			*out++ = *in == '\t' ? ' ' : '?';
			in += length;
		} else {
			memcpy(out, in, length);
			out += length;
			in += length;
		}
	}
	*out = '\0';
	return result;
}

char *human_clean(const char *text)
{
	return clean(text, false);
}

char *human_utf8(const char *text)
{
	return clean(text, true);
}

size_t human_columns(const char *text)
{
	size_t columns = 0;

	for (; *text; text++)
		columns += ((unsigned char)*text & 0xc0) != 0x80;
	return columns;
}
