/*
 * The gate: which findings make a run fail. A list of words, each a kind, a rule or a verdict.
 *
 *	a kind     its findings, except discharged cycles and severity note
 *	a rule     its findings, except discharged cycles
 *	a verdict  findings with that verdict, discharged ones included
 *	all        every finding
 *	none       nothing
 *	incomplete a recording that lacks something
 *
 * Suppressed findings and those of the baseline never count.
 */
#ifndef GORDIAN_GATE_H
#define GORDIAN_GATE_H

#include "finding.h"

#define GATE_DEFAULT "deadlock,lock-inversion,misuse"

struct gate {
	char **words; /* as given, lower case is not enforced */
	size_t count;
};

/*
 * Parses a comma list, with blanks around its words or not; replaces what the gate held. False: a
 * word is not known, or the list is empty; *wrong is that word (malloc'd; "" for an empty list),
 * and the gate is as before.
 */
bool gate_parse(struct gate *gate, const char *list, char **wrong);
void gate_free(struct gate *gate);

/* Whether this finding fails the gate. */
bool gate_catches(const struct gate *gate, const struct finding *finding);

/* Whether nothing fails it. `complete`: the recording lacks nothing. */
bool gate_passes(const struct gate *gate, const struct findings *findings, bool complete);

/* The words it takes, one after the other, for suggestions: NULL after the last. */
const char *gate_word(size_t index);

#endif
