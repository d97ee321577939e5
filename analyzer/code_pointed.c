#include "code_pointed.h"
#include "code_effect.h"
#include "code_quiet.h"
#include "code_writes.h"
#include "one_of.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

static void add_name(struct code_pointed *pointed, const char *name)
{
	if (pointed->count == pointed->size) {
		pointed->size = pointed->size ? 2 * pointed->size : 64;
		pointed->names =
			xreallocarray(pointed->names, pointed->size, sizeof(*pointed->names));
	}
	pointed->names[pointed->count++] = name;
}

static bool has_name(const struct code_pointed *pointed, const char *name)
{
	for (size_t i = 0; i < pointed->count; i++)
		if (strcmp(pointed->names[i], name) == 0)
			return true;
	return false;
}

bool code_pointed_knows(const struct object_code *code, const char *import)
{
	if (object_code_is_foreign(code, import) && import[0] != '_' &&
	    strncmp(import, "g_", 2) != 0)
		return false;
	return code_writes_of(import) || code_only_tells(import);
}

/* What C++ describes types by, or tells functions apart: only its library calls functions by that.
 */
static bool only_describes(const char *name)
{
	static const char *const beginnings[] = {"_ZSt7nothrow", "_ZTI", "_ZTS",
						 "_ZTVN10__cxxabiv1"};
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

/* Whether the file may have addresses of functions that it, or what it points to, tells. */
static bool tells_functions(const struct object_code *code, const struct code_import *import)
{
	static const char *const finding[] = {"dlsym", "dlvsym"};
	if (!object_code_is_foreign(code, import->name))
		return ONE_OF(import->name, finding);
	return !code_pointed_knows(code, import->name) && !only_describes(import->name);
}

void code_pointed_begin(struct code_pointed *pointed, const struct object_code *code)
{
	struct code_import import;
	*pointed = (struct code_pointed){.elsewhere = object_code_has_callers(code)};
	for (size_t i = 0; object_code_import(code, i, &import); i++) {
		if (!import.name)
			continue;
		pointed->elsewhere |= tells_functions(code, &import);
		if (import.in_data && !import.variable && !has_name(pointed, import.name))
			add_name(pointed, import.name);
	}
}

void code_pointed_end(struct code_pointed *pointed)
{
	free(pointed->names);
	*pointed = (struct code_pointed){.count = 0};
}

/* Functions that there may be for what runs before main: the code that calls them is in no function
 * that is known, and asks for each just before. */
static bool is_of_start(const char *name)
{
	return strcmp(name, "__gmon_start__") == 0 || strncmp(name, "_ITM_", 5) == 0;
}

/* Notes the import that a table of the linker's has there. */
static void read_slot(struct code_pointed *pointed, const struct object_code *code, uint64_t slot)
{
	struct code_import import;
	if (!object_code_import_of(code, slot, &import) || !import.name || import.variable)
		return;
	pointed->starting = is_of_start(import.name);
	if (!has_name(pointed, import.name))
		add_name(pointed, import.name);
}

void code_pointed_at(struct code_pointed *pointed, const struct object_code *code, uint64_t address)
{
	struct code_instruction at;
	struct object_raw raw;
	if (!object_raw_decode(code, address, &raw))
		return;
	if (raw.instruction.mnemonic == ZYDIS_MNEMONIC_ENDBR64)
		address += raw.instruction.length;
	if (object_code_decode(code, address, &at) && at.kind == CODE_JUMP && at.import &&
	    !has_name(pointed, at.import))
		add_name(pointed, at.import);
}

void code_pointed_read(struct code_pointed *pointed, const struct object_code *code,
		       const struct object_raw *raw, uint64_t address)
{
	const ZydisMnemonic mnemonic = raw->instruction.mnemonic;
	const bool compares = mnemonic == ZYDIS_MNEMONIC_CMP || mnemonic == ZYDIS_MNEMONIC_TEST;
	pointed->starting &= mnemonic == ZYDIS_MNEMONIC_TEST;
	for (unsigned i = 0; i < raw->instruction.operand_count_visible && !compares; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		struct code_instruction memory = {.address = address};
		if (operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
			code_pointed_at(pointed, code, operand->imm.value.u);
		} else if (code_memory(&raw->instruction, operand, &memory) &&
			   memory.from == CODE_NO_REGISTER) {
			read_slot(pointed, code, (uint64_t)memory.offset);
			code_pointed_at(pointed, code, (uint64_t)memory.offset);
		}
	}
}

bool code_pointed_calls(struct code_pointed *pointed, const struct object_code *code,
			const struct object_raw *raw, const struct object_raw *before,
			uint64_t address)
{
	const bool starting = pointed->starting;
	const ZydisDecodedOperand *to = &raw->operands[0], *added = &before->operands[0];
	struct code_instruction at;
	pointed->starting &= raw->instruction.meta.category == ZYDIS_CATEGORY_COND_BR;
	if (!object_code_decode(code, address, &at) || at.import || at.target ||
	    (starting && at.through != CODE_NO_REGISTER))
		return false;
	if (at.kind == CODE_CALL)
		return true;
	if (at.kind != CODE_INDIRECT || raw->instruction.attributes & ZYDIS_ATTRIB_HAS_NOTRACK)
		return false;
	/* The linker's own, by which functions are looked up when they are first called. */
	if (before->instruction.mnemonic == ZYDIS_MNEMONIC_PUSH &&
	    before->operands[0].type == ZYDIS_OPERAND_TYPE_MEMORY &&
	    to->type == ZYDIS_OPERAND_TYPE_MEMORY)
		return false;
	/* A table of distances is what the linker need not know the place of. */
	return !(to->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		 before->instruction.mnemonic == ZYDIS_MNEMONIC_ADD &&
		 added->type == ZYDIS_OPERAND_TYPE_REGISTER && added->reg.value == to->reg.value);
}
