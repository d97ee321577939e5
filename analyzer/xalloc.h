/*
 * Allocation that does not fail: when there is no memory, one line on standard error and exit
 * status 3. Sizes that come from a file are bounded by its checks before they get here.
 */
#ifndef GORDIAN_XALLOC_H
#define GORDIAN_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
/* An array of `count` elements of `size` bytes; the product is checked. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
