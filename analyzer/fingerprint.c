/* FNV-1a. */
#include "fingerprint.h"
#include <inttypes.h>
#include <stdio.h>

#define PRIME UINT64_C(0x100000001b3)

static uint64_t add_byte(uint64_t fingerprint, unsigned char byte)
{
	return (fingerprint ^ byte) * PRIME;
}

uint64_t fingerprint_text(uint64_t fingerprint, const char *text)
{
	for (; *text; text++)
		fingerprint = add_byte(fingerprint, *text);
	return add_byte(fingerprint, 0);
}

uint64_t fingerprint_number(uint64_t fingerprint, uint64_t number)
{
	for (int shift = 0; shift < 64; shift += 8)
		fingerprint = add_byte(fingerprint, number >> shift & 0xff);
	return fingerprint;
}

void fingerprint_id(uint64_t fingerprint, char id[FINDING_ID_SIZE])
{
	uint64_t folded = (fingerprint ^ fingerprint >> 48) & UINT64_C(0xffffffffffff);
	snprintf(id, FINDING_ID_SIZE, "GD-%012" PRIx64, folded);
}
