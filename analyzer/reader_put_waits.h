/*
 * Records about waits into the model, for the table in reader_put.c: how long nodes waited, what
 * live threads hold and want, walks that closed, and who may have been woken when.
 */
#ifndef GORDIAN_READER_PUT_WAITS_H
#define GORDIAN_READER_PUT_WAITS_H

#include "reader_put.h"

void reader_put_wait(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_held(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_deadlock(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_event(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_tally(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_futex(struct build *build, const struct trace_record *record, uint32_t index);
void reader_put_wakes(struct build *build, const struct trace_record *record, uint32_t index);

#endif
