/*
 * Languages whose programs have locks that do not go through libpthread: nobody sees these, so that
 * what is clean without them is not clean.
 */
#ifndef GORDIAN_LANGUAGES_H
#define GORDIAN_LANGUAGES_H

/* The language whose interpreter a program of that path is, by its name ("ruby3.1"): a static
 * string; NULL: none is known. */
const char *languages_interpreted(const char *path);

#endif
