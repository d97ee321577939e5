/*
 * The program that runs, as a file whose code can be read: a copy of it, maybe with damage. For
 * programs without a build-id, of which only the time would be compared.
 */
#ifndef GORDIAN_OWN_CODE_H
#define GORDIAN_OWN_CODE_H

#include "object_file.h"

/* Fixture: there is no copy yet. */
void own_code_setup(void);
void own_code_teardown(void);

/* The file's bytes, and how many. */
const unsigned char *own_code_bytes(void);
size_t own_code_size(void);

/* The address in the file of what is at that one in memory. */
uint64_t own_code_address(uintptr_t address);

/* Makes these bytes the copy. */
void own_code_write(const unsigned char *bytes, size_t size);

/* Makes the file the copy, with so many bytes changed in a part of it. */
void own_code_damage(size_t from, size_t size, unsigned changes, unsigned *seed);

/* Opens the copy, or another file, as one that was recorded now. */
void own_code_open(struct object_file *object);
void own_code_open_file(struct object_file *object, const char *path);

#endif
