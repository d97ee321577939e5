/* The model's records of what was held across the ends of epochs, in order. */
#ifndef GORDIAN_ACROSS_H
#define GORDIAN_ACROSS_H

#include "model.h"

/* Their indices by thread, then first epoch; to be freed. */
uint32_t *across_sorted(const struct model *model);

#endif
