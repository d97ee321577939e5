/*
 * Names people recognise, for locks and threads.
 *
 * A lock's name is the best of: what the program calls it, by annotation; the static object it lies
 * in ("cache_lock", "table+0x40"); what a language calls it ("Python lock #3"); the place where it
 * was initialised ("mutex created in make_node at tree.c:40", see names_birth.h); the place where
 * it was first used. Its *class* is the same without anything that differs between instances,
 * builds and runs: no line, no address, no offset into an array of equal locks; fingerprints are
 * made of classes. A name given by annotation may differ between instances, and is no class; an
 * order class is one.
 */
#ifndef GORDIAN_NAMES_H
#define GORDIAN_NAMES_H

#include "symbols.h"

struct names;

struct names *names_new(const struct model *model, struct symbols *symbols);
void names_free(struct names *names);

/* Short name for a lock: unique enough to tell the locks of one finding apart. Belongs to `names`.
 */
const char *names_lock(struct names *names, uint32_t lock);
/* Its class: stable across builds and runs, shared by the instances made at one place. */
const char *names_lock_class(struct names *names, uint32_t lock);
/* "worker" (its own name when it set one), else its start routine, else "main", else "thread 7". */
const char *names_thread(struct names *names, uint32_t thread);

/* The frame that tells the story: the first of the stack that is the program's, not a wrapper in
 * libc or libstdc++. */
const struct frame *names_place(struct names *names, uint32_t stack);
/* Its function: the same in every build and run. Without one, its module (less the version of a
 * library) and the place in it, as different places must not become one: the same in every run of
 * a build. Valid until the next call; NULL: not known. */
const char *names_place_text(struct names *names, uint32_t stack);

#endif
