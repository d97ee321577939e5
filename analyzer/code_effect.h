/* What an instruction makes of the general registers, of memory and of flags (object_code.h). */
#ifndef GORDIAN_CODE_EFFECT_H
#define GORDIAN_CODE_EFFECT_H

#include "object_code.h"
#include <Zydis/Zydis.h>

/* Fills in effect and all that belongs to it, but for what a call does; address and length are set.
 */
void code_effect_read(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction);

/* The number of the general register that this one is, or is a part of; CODE_NO_REGISTER. */
uint8_t code_register(ZydisRegister name);

/* The memory of an operand as a register and an offset; false: it takes more. */
bool code_memory(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operand,
		 struct code_instruction *instruction);

/* When a branch of that kind is taken. */
enum code_condition code_condition_of(ZydisMnemonic mnemonic);

#endif
