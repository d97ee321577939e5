/*
 * A pool of strings: equal texts share one copy, which lives as long as the pool.
 */
#ifndef GORDIAN_INTERN_H
#define GORDIAN_INTERN_H

struct intern;

struct intern *intern_new(void);
void intern_free(struct intern *pool);

/* The pool's copy of text; NULL for NULL. */
const char *intern_text(struct intern *pool, const char *text);
/* The same, taking ownership of text, which came from malloc. */
const char *intern_take(struct intern *pool, char *text);

#endif
