/*
 * Short names for the locks of one finding. A lock that is named by where it was made has a name of
 * a line's length, and a finding says it a dozen times; so the text report says it once, and "lock
 * A" from then on.
 */
#ifndef GORDIAN_TEXT_ALIASES_H
#define GORDIAN_TEXT_ALIASES_H

#include "finding.h"

#define TEXT_ALIASES_MAX 26u
/* Names of up to so many columns stand for themselves. */
#define TEXT_ALIAS_COLUMNS 36u
#define TEXT_ALIAS_SIZE 8u

struct text_aliases {
	const struct model *model;
	struct names *names;
	struct text_alias {
		uint32_t lock;
		char words[TEXT_ALIAS_SIZE]; /* "lock A" */
	} items[TEXT_ALIASES_MAX];
	size_t count;
};

/*
 * Gives aliases to locks with long names, in the order in which the finding's sentence names them;
 * none where the finding is about one lock only. Two locks of one name have none, for the sentence
 * is shortened by names. Returns the sentence with the aliases for the names; the caller frees it.
 */
char *text_aliases_make(struct text_aliases *aliases, const struct analysis *analysis,
			const struct finding *finding);

/* The lock's alias, or else its name. */
const char *text_aliases_lock(const struct text_aliases *aliases, uint32_t lock);

#endif
