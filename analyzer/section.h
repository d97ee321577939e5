/*
 * Sections: what a thread may have taken on its way to an acquisition, as far as the tree of its
 * situations tells.
 *
 * A section begins when a thread that holds nothing takes a lock. The path of an acquisition says
 * what the thread holds there; of what it took and gave back before, in the same section, only this
 * is known: it has a node in the tree, in an epoch in which the section was. So the sets here are
 * what *may* have been taken: nothing that was taken is missing in them.
 *
 * A section is divided where the locks of the path were taken for the last time: segment m is all
 * that the thread does after it has taken the m-th lock of the path for good and until it has so
 * taken the next, or, the last segment, until it wants what it waits for. Between segments it holds
 * nothing but the path's first locks. (Acquisition histories: Kahlon, Ivancic, Gupta, CAV 2005.)
 *
 * This takes it that the thread came to each situation of the path by taking its lock. It may also
 * have come there by giving back an outer lock, out of order: then the path stands for what stayed
 * held, and between two of its acquisitions other locks were held across. The recorder makes the
 * same node of a situation, whichever way it came about; so where there is a node with a part of
 * the path and one more lock before its last, the section is one single segment.
 */
#ifndef GORDIAN_SECTION_H
#define GORDIAN_SECTION_H

#include "model.h"

/* Longer paths, and sections of more locks, have no section. */
#define SECTION_MAX_PATH 256u
#define SECTION_MAX_TAKES 4096u

struct section_take {
	uint32_t lock, taken; /* as of the node */
	bool shared;
};

/* [first, end) of the section's takes; the lock that is kept, if any, is among them. */
struct segment {
	uint32_t first, end;
	uint32_t kept_first, kept_end; /* [kept_first, kept_end) of the path */
};

struct section {
	uint32_t *path; /* nodes, outermost first */
	size_t path_count;
	struct section_take *takes;
	size_t take_count;
	struct segment *segments;
	size_t segment_count;
	bool waits; /* on the way it may have waited for something of which no event tells */
};

/* What is needed of all trees; kept between questions. */
struct sections {
	const struct model *model;
	uint32_t *first_child, *next; /* of each node */
	uint32_t *first_root;	      /* of each thread */
	uint32_t *first_take; /* of each lock: its creator's first node that took it; NO_INDEX */
	bool *reused;	      /* of each lock: nodes of it may be younger than what they say */
	/* Of each thread: its first wait of which no event tells who ended it. UINT32_MAX: none. */
	uint32_t *wait_epoch, *wait_node;
	uint64_t budget; /* looks at nodes */
};

struct sections *sections_new(const struct model *model);
void sections_free(struct sections *sections);

/*
 * Whether the node's first acquisition came before that of every node of its thread that is younger
 * than it, as far as the older one's locks are not `reused`.
 */
bool sections_first_is_known(struct sections *sections, uint32_t node);

/* Whether one of the locks of its path is `reused`; also when the path is too long to look at. */
bool node_is_reused(const struct sections *sections, uint32_t node);

/* The first epoch >= `epoch` in which the node was acquired; false: none. */
bool node_occurs(const struct model *model, uint32_t node, uint32_t epoch, uint32_t *found);

/* Whether it surely was in that one: of what lies between the two ends of a span nobody knows in
 * which epochs it was. */
bool node_surely_occurs(const struct model *model, uint32_t node, uint32_t epoch);

/*
 * The section of an acquisition of the node in that epoch, which lies in this epoch as a whole.
 * `first`: it is the first of the node, in the sense of sections_first_is_known; else it is the
 * first one in its section. False: too large, too costly, or not understood; there is nothing to
 * free then.
 */
bool section_make(struct sections *sections, uint32_t node, uint32_t epoch, bool first,
		  struct section *section);
void section_release(struct section *section);

#endif
