/* Binary search where it is not for an element that is equal (that is bsearch). */
#ifndef GORDIAN_BISECT_H
#define GORDIAN_BISECT_H

#include <stddef.h>

/*
 * The first index of [from, to) for which `before`, an expression of the index `i_`, is false, as
 * it must then be for all that follow; `to`: there is none.
 */
#define BISECT(from, to, i_, before) \
	({ \
		size_t bisect_low = (from), bisect_high = (to); \
		while (bisect_low < bisect_high) { \
			size_t i_ = bisect_low + (bisect_high - bisect_low) / 2; \
			if (before) \
				bisect_low = i_ + 1; \
			else \
				bisect_high = i_; \
		} \
		bisect_low; \
	})

#endif
