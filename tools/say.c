#include "say.h"
#include "command.h"
#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say_list(const char *format, va_list list)
{
	fflush(stdout);
	fputs("gordian: ", stderr);
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
}

void say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say_list(format, list);
	va_end(list);
}

int usage(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	say_list(format, list);
	va_end(list);
	return EXIT_USAGE;
}

#define SUGGEST_LENGTH 32

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return c < least ? c : least;
}

/* Letters to insert, delete or replace (Levenshtein 1966), with one row of the table at a time. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[SUGGEST_LENGTH + 1];
	size_t a_length = strlen(a);
	size_t b_length = strlen(b);

	if (a_length > SUGGEST_LENGTH || b_length > SUGGEST_LENGTH)
		return UINT_MAX;
	for (unsigned j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		unsigned diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			unsigned replaced =
				diagonal + (tolower((unsigned char)a[i - 1]) != b[j - 1]);

			diagonal = row[j];
			row[j] = least(row[j] + 1, row[j - 1] + 1, replaced);
		}
	}
	return row[b_length];
}

const char *suggest(const char *typed, const char *(*next)(void *context), void *context)
{
	const char *best = NULL;
	const char *candidate;
	unsigned best_distance = strlen(typed) / 3 + 2;

	while ((candidate = next(context))) {
		unsigned away = distance(typed, candidate);

		if (strlen(typed) >= 3 && !strncmp(typed, candidate, strlen(typed)))
			away = 0;
		if (away < best_distance) {
			best_distance = away;
			best = candidate;
		}
	}
	return best;
}

void wrap_to(FILE *stream, const char *text, unsigned column, unsigned indent, unsigned width)
{
	while (*text) {
		int length = strcspn(text, " ");

		if (column > indent && column + 1 + length > width) {
			fprintf(stream, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			fputc(' ', stream);
			column++;
		}
		fprintf(stream, "%.*s", length, text);
		column += length;
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', stream);
}

void wrap(const char *text, unsigned column, unsigned indent, unsigned width)
{
	wrap_to(stdout, text, column, indent, width);
}
