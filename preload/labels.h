/*
 * What the program calls its locks: name, order class and level, by annotation. A label belongs to
 * one life of a lock and ends with it. Under the recorder's lock.
 */
#ifndef GORDIAN_LABELS_H
#define GORDIAN_LABELS_H

#include <stdbool.h>
#include <stdint.h>

/* What is given of a lock; a NULL keeps what it had. */
struct label_change {
	const char *name;
	const char *class;
	int level; /* of class */
};

/* For the lock that lives at that address. ref: its record, where the label is written to the trace
 * at once; 0: it has none yet. */
void labels_set(uint64_t address, uint32_t ref, const struct label_change *change);
bool labels_has(uint64_t address);
/* The lock's record was written. */
void labels_write(uint64_t address, uint32_t ref);
/* Its life has ended. */
void labels_end(uint64_t address);
/* The lock is known by another address. */
void labels_move(uint64_t from, uint64_t to);

#endif
