/*
 * Where exceptions go on that come out of a call: by the function's entry in .eh_frame (Linux
 * Standard Base, Core, 10.6.1), and its table of call sites in .gcc_except_table (Itanium C++ ABI,
 * Exception Handling, HP's description of "Level II"). Nothing that these say is trusted.
 */
#ifndef GORDIAN_CODE_LANDINGS_H
#define GORDIAN_CODE_LANDINGS_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes of a file, and their address in it. */
struct code_bytes {
	const unsigned char *bytes;
	uint64_t address, size;
};

struct code_landings {
	struct code_bytes frames;     /* .eh_frame */
	struct code_bytes exceptions; /* .gcc_except_table; of size 0: none */
};

/*
 * The address where the function that has its entry at `entry` goes on when something is thrown out
 * of the call at that address; 0: it does not, or nothing is known.
 */
uint64_t code_landing(const struct code_landings *landings, uint64_t entry, uint64_t call);

#endif
