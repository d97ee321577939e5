/* The order of numbers, as qsort and bsearch want it. */
#ifndef GORDIAN_COMPARE_H
#define GORDIAN_COMPARE_H

#include <stdint.h>

static inline int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Of arrays of such numbers. */
static inline int compare_u32(const void *left, const void *right)
{
	return compare_numbers(*(const uint32_t *)left, *(const uint32_t *)right);
}

static inline int compare_u64(const void *left, const void *right)
{
	return compare_numbers(*(const uint64_t *)left, *(const uint64_t *)right);
}

#endif
