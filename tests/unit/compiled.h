/* What functions are written with whose compiled code a test reads. */
#ifndef GORDIAN_COMPILED_H
#define GORDIAN_COMPILED_H

/* A function that stays one, with its calls as they are written. */
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

#endif
