/* Who holds what and who waits for whom, in the JSON report. */
#ifndef GORDIAN_JSON_WAITS_H
#define GORDIAN_JSON_WAITS_H

#include "format.h"
#include <jansson.h>

/* The live threads of all processes that had not come to their end by themselves. */
json_t *waits_value(const struct report *report);

#endif
