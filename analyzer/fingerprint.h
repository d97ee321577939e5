/*
 * Fingerprints of findings: FNV-1a, 64 bits (Fowler, Noll, Vo), over texts. The same texts in the
 * same order give the same fingerprint on every machine and in every release: baselines and
 * suppressions depend on it.
 */
#ifndef GORDIAN_FINGERPRINT_H
#define GORDIAN_FINGERPRINT_H

#include "finding.h"

#define FINGERPRINT_START UINT64_C(0xcbf29ce484222325)

/* Adds a text and its end, so that "ab", "c" differs from "a", "bc". */
uint64_t fingerprint_text(uint64_t fingerprint, const char *text);
/* Adds another fingerprint. */
uint64_t fingerprint_number(uint64_t fingerprint, uint64_t number);
/* "GD-" and 12 hexadecimal digits. */
void fingerprint_id(uint64_t fingerprint, char id[FINDING_ID_SIZE]);

#endif
