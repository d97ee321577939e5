/*
 * What is said of a lock by the place where its life began: "mutex created in make_node at
 * tree.c:40". Where one place makes locks for several callers, as a function that only allocates
 * does, their names say which: "mutex created in make_lock from cache_init at cache.c:8".
 */
#ifndef GORDIAN_NAMES_BIRTH_H
#define GORDIAN_NAMES_BIRTH_H

#include "names.h"

/* The stacks at which the lives of the model's locks began, in an order in which equals of their
 * inner part stand together. */
struct births;

struct births *births_new(const struct model *model, struct symbols *symbols);
void births_free(struct births *births);

/* The caller frees both. A class has nothing of the callers, as it has no line. */
char *births_name(struct births *births, const struct lock *lock);
char *births_class(struct births *births, const struct lock *lock);

/* Whether its name is one of several: others were made by the same callers, or in the same line, or
 * have the name of a language. */
bool births_several(const struct births *births, const struct lock *lock);

#endif
