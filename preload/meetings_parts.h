/*
 * What a round of threads (rounds.h) and their creator did meanwhile with each object that orders
 * them (meetings.h). Under the recorder's lock.
 */
#ifndef GORDIAN_MEETINGS_PARTS_H
#define GORDIAN_MEETINGS_PARTS_H

#include "meetings.h"

enum { MOST_OBJECTS = 8 };

/* What a round did with one. */
struct part {
	uint32_t lock;
	uint64_t posted, taken;
};

struct parts {
	uint32_t count;
	struct part items[MOST_OBJECTS];
};

/* False: it cannot be known. */
bool meetings_parts(const struct meetings *round, struct parts *parts);

#endif
