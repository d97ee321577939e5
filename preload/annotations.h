/*
 * What the annotations of gordian/annotate.h do, for every set of names by which programs make
 * them. `site` and `frame` are the return address and the frame of the annotation's function.
 */
#ifndef GORDIAN_ANNOTATIONS_H
#define GORDIAN_ANNOTATIONS_H

#include <gordian/annotate.h>
#include <stdbool.h>

void annotation_created(const volatile void *lock, const void *site, const void *frame);
void annotation_destroyed(const volatile void *lock);
void annotation_acquire(const volatile void *lock);
void annotation_acquired(const volatile void *lock, unsigned how, const void *site,
			 const void *frame);
void annotation_release(const volatile void *lock);
void annotation_sync(const volatile void *object, bool after, const void *site, const void *frame);

/* A new trace: what was said of order is to be written again. Under the recorder's lock. */
void annotations_reset(void);

#endif
