/*
 * Layout of text for a terminal: paragraphs wrapped at blanks, colours where wanted, paths as short
 * as they can be. All that is printed is cleaned first (human_clean).
 */
#ifndef GORDIAN_TEXT_LAYOUT_H
#define GORDIAN_TEXT_LAYOUT_H

#include "format.h"

enum text_style {
	STYLE_PLAIN,
	STYLE_TITLE,
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_GOOD,
	STYLE_FAINT,
	STYLE_COUNT
};

struct text_aliases;

struct text {
	const struct report *report;
	FILE *stream;
	unsigned width;
	const struct text_aliases *aliases; /* of the finding that is printed */
	char *directory; /* the current one, with a slash behind; NULL: not known */
};

void text_begin(struct text *text, const struct report *report, FILE *stream);
void text_end(struct text *text);

/* Prints as it is, in a style, after `indent` blanks; no line end. */
void text_put(struct text *text, enum text_style style, unsigned indent, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Prints a paragraph: the first line after `first` blanks, the others after `rest`, none wider than
 * the width if it can be broken at a blank.
 */
void text_paragraph(struct text *text, enum text_style style, unsigned first, unsigned rest,
		    const char *format, ...) __attribute__((format(printf, 5, 6)));

void text_line_end(struct text *text);

/* The path relative to the current directory if it lies below it; part of `path`. */
const char *text_path(const struct text *text, const char *path);

#endif
