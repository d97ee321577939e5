/* Tryers of a file of their own, and what both files have. */
#ifndef GORDIAN_TRYERS_FOUND_H
#define GORDIAN_TRYERS_FOUND_H

#include "tryers.h"

#if __has_attribute(noclone)
#define APART __attribute__((noinline, noclone))
#else
#define APART __attribute__((noinline))
#endif

/* So that calls stay in order, and none is the last thing that a function does. */
static inline void barrier(void)
{
	__asm__ volatile("" ::: "memory");
}

struct desk *find_desk(struct desk *desk);
void of_file(struct desk *desk);
void of_pointer(struct desk *desk);
void of_pointer_changed(struct desk *desk);
void of_far(struct desk *desk);
void of_far_changed(struct desk *desk);
void of_found(struct desk *desk);
void of_found_again(struct desk *desk);
void of_found_other(struct desk *desk);
void of_found_one(struct desk *desk);
void of_list(struct desk *desk);
void of_list_next(struct desk *desk);
void of_array(struct desk *desk);
void of_changed_within(struct desk *desk);
void of_changed_known(struct desk *desk);
void of_changed_here(struct desk *desk);

#endif
