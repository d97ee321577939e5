/* An instruction as Zydis decodes it, for what object_code.h does not tell of it. */
#ifndef GORDIAN_OBJECT_RAW_H
#define GORDIAN_OBJECT_RAW_H

#include "object_code.h"
#include <Zydis/Zydis.h>

struct object_raw {
	ZydisDecodedInstruction instruction;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
};

/* The instruction at the address; false: there is none. */
bool object_raw_decode(const struct object_code *code, uint64_t address, struct object_raw *raw);

#endif
