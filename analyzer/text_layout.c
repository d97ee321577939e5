/* Wrapping and colours. */
#include "text_layout.h"
#include "human.h"
#include "xalloc.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80u
#define LEAST_WIDTH 40u

/* SGR sequences (ECMA-48). */
static const char *const sequences[STYLE_COUNT] = {
	[STYLE_PLAIN] = "",	      [STYLE_TITLE] = "\033[1m", [STYLE_ERROR] = "\033[1;31m",
	[STYLE_WARNING] = "\033[33m", [STYLE_GOOD] = "\033[32m", [STYLE_FAINT] = "\033[2m",
};

void text_begin(struct text *text, const struct report *report, FILE *stream)
{
	char *directory = getcwd(NULL, 0);

	*text = (struct text){.report = report, .stream = stream};
	text->width = report->width ? report->width : DEFAULT_WIDTH;
	if (text->width < LEAST_WIDTH)
		text->width = LEAST_WIDTH;
	if (directory && strcmp(directory, "/"))
		text->directory = xasprintf("%s/", directory);
	free(directory);
}

void text_end(struct text *text)
{
	free(text->directory);
}

static void style_begin(struct text *text, enum text_style style)
{
	if (text->report->colour)
		fputs(sequences[style], text->stream);
}

static void style_end(struct text *text, enum text_style style)
{
	if (text->report->colour && style != STYLE_PLAIN)
		fputs("\033[0m", text->stream);
}

static char *format_clean(const char *format, va_list arguments)
{
	char *raw, *clean;

	if (vasprintf(&raw, format, arguments) < 0)
		return xstrdup("");
	clean = human_clean(raw);
	free(raw);
	return clean;
}

void text_put(struct text *text, enum text_style style, unsigned indent, const char *format, ...)
{
	va_list arguments;
	char *content;

	va_start(arguments, format);
	content = format_clean(format, arguments);
	va_end(arguments);
	fprintf(text->stream, "%*s", (int)indent, "");
	style_begin(text, style);
	fputs(content, text->stream);
	style_end(text, style);
	free(content);
}

/* The word at *at, cut off with a NUL; *at moves behind it. NULL: no more. */
static char *next_word(char **at)
{
	char *word = *at + strspn(*at, " ");
	size_t length = strcspn(word, " ");

	if (!length)
		return NULL;
	*at = word + length;
	if (word[length]) {
		word[length] = '\0';
		(*at)++;
	}
	return word;
}

void text_paragraph(struct text *text, enum text_style style, unsigned first, unsigned rest,
		    const char *format, ...)
{
	va_list arguments;
	char *content, *at, *word;
	size_t column = first;
	bool fresh = true;

	va_start(arguments, format);
	content = format_clean(format, arguments);
	va_end(arguments);
	at = content;
	fprintf(text->stream, "%*s", (int)first, "");
	style_begin(text, style);
	while ((word = next_word(&at))) {
		size_t columns = human_columns(word);

		if (!fresh && column + 1 + columns > text->width) {
			fprintf(text->stream, "\n%*s", (int)rest, "");
			column = rest;
			fresh = true;
		}
		column += columns + !fresh;
		fprintf(text->stream, "%s%s", fresh ? "" : " ", word);
		fresh = false;
	}
	style_end(text, style);
	fputc('\n', text->stream);
	free(content);
}

void text_line_end(struct text *text)
{
	fputc('\n', text->stream);
}

const char *text_path(const struct text *text, const char *path)
{
	size_t length;

	if (!text->directory)
		return path;
	length = strlen(text->directory);
	return strncmp(path, text->directory, length) ? path : path + length;
}
