/*
 * What a process-shared lock is to all processes: the file that its memory is a mapping of, and
 * where in it. Anonymous shared memory is a nameless file to the kernel, with a number of its own
 * (mm/shmem.c, since 2.4; /proc/PID/maps shows it), so what is inherited over a fork has an
 * identity, too. Private memory has none: after a fork each process has a copy.
 *
 * Asked of the kernel when a shared lock is first recorded. Under the recorder's lock.
 */
#ifndef GORDIAN_IDENTITY_H
#define GORDIAN_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

/* The process has mapped shared memory, as far as was seen. Any thread sets it, nobody clears it.
 */
extern bool identity_shared_memory;

/* The end of the mapping that the address lies in; the address itself: it is in none. */
uint64_t identity_mapping_end(uint64_t address);

/* Writes the identity record of a lock that was just recorded, if its memory is shared; and notes
 * in the lock's whether it is not anonymous. */
void identity_write(uint32_t lock_ref, uint64_t address);

#endif
