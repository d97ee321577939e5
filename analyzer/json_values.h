/*
 * Values of JSON that several parts of the report are made of. The caller owns what is returned.
 */
#ifndef GORDIAN_JSON_VALUES_H
#define GORDIAN_JSON_VALUES_H

#include "format.h"
#include <jansson.h>

/* Valid UTF-8, whatever the text was; null for NULL. */
json_t *value_text(const char *text);
json_t *value_number(uint64_t value);
/* null for 0. */
json_t *value_number_or_null(uint64_t value);
/* "L3": how locks (L) and threads (T) are referred to; null for NO_INDEX. */
json_t *value_label(char kind, uint32_t index);
json_t *value_label_or_null(char kind, uint32_t index);
/* A list of frames, innermost first. */
json_t *value_stack(const struct report *report, uint32_t stack);
/* A hold or a want. */
json_t *value_hold(const struct report *report, const struct finding_hold *hold);
/* The number by which a process goes. */
uint32_t value_pid(const struct report *report, uint32_t process);
/* What a finding is: all but what it is about. */
json_t *value_finding(const struct finding *finding);
/* Whether the gate was passed, and what fails it. */
json_t *value_gate(const struct report *report);

#endif
