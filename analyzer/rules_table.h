/*
 * The parts of the table of rules, in the order of `gordian explain`; rule_at puts them together.
 * Each ends with a rule without a name.
 */
#ifndef GORDIAN_RULES_TABLE_H
#define GORDIAN_RULES_TABLE_H

#include "rules.h"

extern const struct rule rules_of_waits[];
extern const struct rule rules_of_misuse[];

#endif
