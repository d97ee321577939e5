/*
 * What a library's .eh_frame says about a frame (DWARF 5, 6.4; Linux Standard Base, "Exception
 * Frames"): as far as it is simple. Tables of another form than gcc, clang and the linkers write,
 * expressions, and frames of signals are not read here.
 *
 * That a module's memory can be read is taken from the unwinder, which has just done so.
 */
#ifndef GORDIAN_CFI_H
#define GORDIAN_CFI_H

#include <stdbool.h>
#include <stdint.h>

enum { CFI_REGISTERS = 17 }; /* on x86-64, the last one the return address */

struct cfi {
	uint64_t base; /* of the frame's end: so many bytes above that register */
	int64_t offset;
	/* Where registers were kept, from that end on; 0: they have their values. */
	int64_t kept[CFI_REGISTERS];
};

/* At a return address, in the module that was noted last, whose tables libunwind has used. False:
 * not known. */
bool cfi_find(uint64_t pc, struct cfi *found);

#endif
