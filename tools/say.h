/* What the command says about itself: one line on standard error that starts with "gordian: ". */
#ifndef GORDIAN_SAY_H
#define GORDIAN_SAY_H

#include <stdio.h>

/* Prints "gordian: " and the text and a newline. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for wrong usage, and returns EXIT_USAGE: `return usage("…");`. */
int usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The candidate closest to what was typed: a prefix, or few enough letters away to be meant. NULL:
 * none. `next` yields the candidates one after the other, and NULL at the end.
 */
const char *suggest(const char *typed, const char *(*next)(void *context), void *context);

/* Prints text, wrapped at `width`, its further lines indented by `indent`; it begins in `column`.
 */
void wrap_to(FILE *stream, const char *text, unsigned column, unsigned indent, unsigned width);
void wrap(const char *text, unsigned column, unsigned indent, unsigned width);

#endif
