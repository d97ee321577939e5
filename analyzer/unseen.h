/*
 * Orders between threads that the recorder does not see, since a module makes them by futexes of
 * its own (object_waits.h): whoever waits there does the rest perhaps only because another thread
 * has come far enough. A schedule that leaves the recorded order may break such an order; so in a
 * process with such a module there is no witness.
 *
 * The whole process counts, not only threads that were seen in that module: a thread may come back
 * from a wait in it before it takes a lock, have been made by one that waited, or have let another
 * one go on that lets others go on. All modules are known that were loaded when the process began,
 * and of later ones those that some recorded call came from.
 */
#ifndef GORDIAN_UNSEEN_H
#define GORDIAN_UNSEEN_H

#include "model.h"

struct unseen;

/* Keeps pointing to the model. */
struct unseen *unseen_new(const struct model *model);
void unseen_free(struct unseen *unseen);

struct unseen_module {
	uint32_t module; /* of the model; NO_INDEX: none waits so */
	bool gone;	 /* its file is, so that it is not known whether it does */
};
#define UNSEEN_NONE ((struct unseen_module){.module = NO_INDEX})

/* The first such module of the process; one that is gone when there is no other. */
struct unseen_module unseen_in(struct unseen *unseen, uint32_t process);

/*
 * What is said of it after "x may happen", from "; but" on. The caller frees it. For UNSEEN_NONE
 * the empty text.
 */
char *unseen_text(const struct model *model, struct unseen_module unseen);

#endif
