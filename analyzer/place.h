/*
 * Places for fingerprints: the function (or, where it is not known, the module and the place in it)
 * that a stack belongs to, without anything that differs between runs. Each distinct place is a
 * small number, so that places of a million nodes are compared by numbers.
 */
#ifndef GORDIAN_PLACE_H
#define GORDIAN_PLACE_H

#include <stddef.h>
#include <stdint.h>

/* The place of a stack, as it comes from the names; NULL: not known. The text need not outlive the
 * next call. */
typedef const char *place_lookup(void *context, uint32_t stack);

struct places;

struct places *places_new(size_t stack_count, place_lookup *lookup, void *context);
void places_free(struct places *places);

/* The place of a stack; computed once. A stack that is NO_INDEX has a place too. */
uint32_t places_of(struct places *places, uint32_t stack);
/* Its text; "?" where it is not known. Belongs to `places`. */
const char *places_text(const struct places *places, uint32_t place);
/* Orders places by their texts, as strcmp does. */
int places_compare(const struct places *places, uint32_t a, uint32_t b);

#endif
