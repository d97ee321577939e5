/*
 * What the trace says of a lock that lives (locks.h): its record, its label and where it lies. One
 * record may stand for several lives, one after another (pool.h). Under the recorder's lock.
 */
#ifndef GORDIAN_LOCK_RECORDS_H
#define GORDIAN_LOCK_RECORDS_H

#include "locks.h"

/* Writes the record of a lock that has none; sets and returns its reference; 0: no space. */
uint32_t lock_record_write(struct lock *lock, uint32_t flags);
/* The record that the lock has got is about its life, from now on. */
void lock_record_reuse(struct lock *lock, uint32_t flags);
/* Gives a lock on a used record one of its own, if there is space. */
void lock_record_renew(struct lock *lock);
/* From its record to another, which stands for so many lives then. */
void lock_record_pass(struct lock *lock, struct trace_lock *record, uint32_t lives);
/* Whether its record, with these flags, says where it lies for other processes. */
bool lock_record_may_be_shared(const struct lock *lock, uint32_t flags);

#endif
