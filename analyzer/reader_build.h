/*
 * A checked image into the model: references become indices, ticks become nanoseconds.
 */
#ifndef GORDIAN_READER_BUILD_H
#define GORDIAN_READER_BUILD_H

#include "reader_image.h"

/*
 * Appends one process. The image is used up: the sizes in its records are overwritten. False, with
 * the image's error set and the model as before, when the model would hold more than its indices
 * can name.
 */
bool model_append(struct model *model, struct image *image);

#endif
