/* Reads sections with code, the pointers through which imports are called, and .eh_frame_hdr. */
#include "object_code.h"
#include "bisect.h"
#include "code_effect.h"
#include "code_foreign.h"
#include "code_function.h"
#include "code_imports.h"
#include "code_landings.h"
#include "object_raw.h"
#include "xalloc.h"
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

/* Registers that a called function may change (System V ABI for x86-64, 3.2.1). */
#define CALLER_SAVED \
	(1u << 0 | 1u << 1 | 1u << 2 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9 | 1u << 10 | 1u << 11)

/* Sections of a kind that are read: files have few, and damaged ones may have the same many times.
 */
#define MAX_SECTIONS 64u

/* A pointer to a function, or a variable, that the dynamic linker fills in. */
struct slot {
	uint64_t address;
	uint64_t target;  /* in this file; 0: in another one */
	uint64_t bytes;	  /* of what is filled in */
	const char *name; /* the file's */
	bool always;	  /* the program does not change it */
	bool variable;	  /* that is pointed to */
};

struct function {
	uint64_t start, entry; /* in .eh_frame */
};

struct object_code {
	Elf *elf;
	ZydisDecoder decoder;
	struct code_bytes *sections, *data; /* of data without bytes: all zero */
	struct slot *slots;		    /* sorted */
	struct function *functions;	    /* sorted */
	struct code_bytes unwinding;	    /* .eh_frame_hdr */
	struct code_landings landings;
	struct code_foreign foreign;
	size_t section_count, data_count, slot_count, function_count;
	struct code_functions *read; /* what changes although nothing else does */
};

static uint32_t word_at(const unsigned char *bytes)
{
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool section_read(Elf_Scn *section, const GElf_Shdr *header, struct code_bytes *read)
{
	Elf_Data *data = elf_rawdata(section, NULL);
	if (!data || !data->d_buf)
		return false;
	*read = (struct code_bytes){data->d_buf, header->sh_addr, data->d_size};
	return true;
}

static void slots_add(struct object_code *code, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	Elf_Scn *symbols = elf_getscn(code->elf, header->sh_link);
	Elf_Data *table = symbols ? elf_getdata(symbols, NULL) : NULL;
	GElf_Shdr of_symbols;
	if (!data || !table || !gelf_getshdr(symbols, &of_symbols))
		return;
	size_t count = data->d_size / sizeof(Elf64_Rela);
	code->slots = xreallocarray(code->slots, code->slot_count + count, sizeof(*code->slots));
	for (size_t i = 0; i < count; i++) {
		GElf_Rela entry;
		GElf_Sym symbol;
		if (!gelf_getrela(data, (int)i, &entry) || !GELF_R_SYM(entry.r_info) ||
		    !gelf_getsym(table, (int)GELF_R_SYM(entry.r_info), &symbol))
			continue;
		const char *name = elf_strptr(code->elf, of_symbols.sh_link, symbol.st_name);
		bool here = symbol.st_shndx != SHN_UNDEF;
		bool always = GELF_R_TYPE(entry.r_info) == R_X86_64_GLOB_DAT ||
			      GELF_R_TYPE(entry.r_info) == R_X86_64_JUMP_SLOT;
		bool copied = GELF_R_TYPE(entry.r_info) == R_X86_64_COPY;
		bool variable = GELF_ST_TYPE(symbol.st_info) == STT_OBJECT ||
				GELF_ST_TYPE(symbol.st_info) == STT_TLS;
		if (name)
			code->slots[code->slot_count++] =
				(struct slot){entry.r_offset,
					      here && !copied ? symbol.st_value : 0,
					      copied && symbol.st_size ? symbol.st_size : 8,
					      name,
					      always,
					      variable};
	}
}

static int compare_slots(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;
	return (a->address > b->address) - (a->address < b->address);
}

static int compare_functions(const void *left, const void *right)
{
	const struct function *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

/*
 * The search table of .eh_frame_hdr (Linux Standard Base, Core, 10.6.2), in the one form that
 * linkers write: pairs of 4-byte offsets from its own address: that of a function, and that of its
 * entry.
 */
static void functions_read(struct object_code *code)
{
	static const unsigned char form[] = {1, 0x1b, 0x03, 0x3b};
	const struct code_bytes *table = &code->unwinding;
	if (table->size < 12 || memcmp(table->bytes, form, sizeof(form)))
		return;
	size_t count = word_at(table->bytes + 8), room = (table->size - 12) / 8;
	if (count > room)
		count = room;
	code->functions = xcalloc(count + 1, sizeof(*code->functions));
	for (size_t i = 0; i < count; i++) {
		const unsigned char *pair = table->bytes + 12 + 8 * i;
		code->functions[code->function_count++] = (struct function){
			.start = table->address + (uint64_t)(int32_t)word_at(pair),
			.entry = table->address + (uint64_t)(int32_t)word_at(pair + 4),
		};
	}
	qsort(code->functions, code->function_count, sizeof(*code->functions), compare_functions);
}

/* Keeps a section that tells of functions. */
static void table_read(struct object_code *code, Elf_Scn *section, const GElf_Shdr *header,
		       const char *name)
{
	const struct {
		const char *name;
		struct code_bytes *read;
	} tables[] = {
		{".eh_frame_hdr", &code->unwinding},
		{".eh_frame", &code->landings.frames},
		{".gcc_except_table", &code->landings.exceptions},
	};
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (strcmp(name, tables[i].name) == 0)
			section_read(section, header, tables[i].read);
}

static void sections_add(struct code_bytes **sections, size_t *count, struct code_bytes read)
{
	*sections = xreallocarray(*sections, *count + 1, sizeof(**sections));
	(*sections)[(*count)++] = read;
}

/* Keeps a section with instructions, or with variables of all threads. */
static void content_read(struct object_code *code, Elf_Scn *section, const GElf_Shdr *header)
{
	struct code_bytes read = {NULL, header->sh_addr, header->sh_size};
	bool empty = header->sh_type == SHT_NOBITS;
	if ((!empty && !section_read(section, header, &read)) || header->sh_flags & SHF_TLS)
		return;
	if (header->sh_flags & SHF_EXECINSTR && !empty && code->section_count < MAX_SECTIONS)
		sections_add(&code->sections, &code->section_count, read);
	else if (header->sh_flags & SHF_WRITE && code->data_count < MAX_SECTIONS)
		sections_add(&code->data, &code->data_count, read);
}

static void sections_read(struct object_code *code)
{
	size_t names, tables = 0;
	Elf_Scn *section = NULL;
	if (elf_getshdrstrndx(code->elf, &names))
		return;
	while ((section = elf_nextscn(code->elf, section))) {
		GElf_Shdr header;
		if (!gelf_getshdr(section, &header) || !(header.sh_flags & SHF_ALLOC))
			continue;
		const char *name = elf_strptr(code->elf, names, header.sh_name);
		if (header.sh_type == SHT_RELA && tables++ < MAX_SECTIONS)
			slots_add(code, section, &header);
		else if (name &&
			 (header.sh_type == SHT_PROGBITS || header.sh_type == SHT_X86_64_UNWIND))
			table_read(code, section, &header, name);
		if (header.sh_type == SHT_PROGBITS || header.sh_type == SHT_NOBITS)
			content_read(code, section, &header);
	}
	if (code->slot_count)
		qsort(code->slots, code->slot_count, sizeof(*code->slots), compare_slots);
}

struct object_code *object_code_new(const struct object_file *object)
{
	GElf_Addr bias;
	GElf_Ehdr header;
	Elf *elf = object->dwfl ? dwfl_module_getelf(object->module, &bias) : NULL;
	if (!elf || !gelf_getehdr(elf, &header) || header.e_machine != EM_X86_64 ||
	    header.e_ident[EI_CLASS] != ELFCLASS64)
		return NULL;
	struct object_code *code = xcalloc(1, sizeof(*code));
	code->elf = elf;
	code->read = code_functions_new();
	ZydisDecoderInit(&code->decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	code_foreign_read(&code->foreign, elf);
	sections_read(code);
	functions_read(code);
	if (code->function_count)
		return code;
	object_code_free(code);
	return NULL;
}

void object_code_free(struct object_code *code)
{
	if (!code)
		return;
	free(code->sections);
	free(code->data);
	free(code->slots);
	free(code->functions);
	code_foreign_free(&code->foreign);
	code_functions_free(code->read);
	free(code);
}

struct code_functions *object_code_functions(const struct object_code *code)
{
	return code->read;
}

bool object_code_function(const struct object_code *code, uint64_t address, uint64_t *start,
			  uint64_t *end)
{
	size_t low = BISECT(0, code->function_count, i, code->functions[i].start <= address);
	if (low == 0)
		return false;
	*start = code->functions[low - 1].start;
	*end = low < code->function_count ? code->functions[low].start : UINT64_MAX;
	return true;
}

bool object_code_imports(const struct object_code *code, const char *name)
{
	for (size_t i = 0; i < code->slot_count; i++)
		if (!code->slots[i].target && strcmp(code->slots[i].name, name) == 0)
			return true;
	return false;
}

static struct code_import import_of(const struct slot *slot)
{
	return (struct code_import){slot->target ? NULL : slot->name, slot->variable,
				    !slot->always};
}

bool object_code_import(const struct object_code *code, size_t number, struct code_import *import)
{
	if (number < code->slot_count)
		*import = import_of(&code->slots[number]);
	return number < code->slot_count;
}

bool object_code_has_callers(const struct object_code *code)
{
	return code->foreign.called;
}

bool object_code_is_foreign(const struct object_code *code, const char *import)
{
	return code_foreign_has(&code->foreign, import);
}

bool object_code_is_shared(const struct object_code *code, uint64_t address, unsigned bytes)
{
	return code_foreign_shares(&code->foreign, address, bytes);
}

bool object_code_section(const struct object_code *code, size_t number, uint64_t *address,
			 uint64_t *size)
{
	if (number >= code->section_count)
		return false;
	*address = code->sections[number].address;
	*size = code->sections[number].size;
	return true;
}

bool object_raw_decode(const struct object_code *code, uint64_t address, struct object_raw *raw)
{
	for (size_t i = 0; i < code->section_count; i++) {
		const struct code_bytes *section = &code->sections[i];
		uint64_t offset = address - section->address;
		if (offset < section->size)
			return ZYAN_SUCCESS(ZydisDecoderDecodeFull(
				&code->decoder, section->bytes + offset, section->size - offset,
				&raw->instruction, raw->operands));
	}
	return false;
}

static const struct slot *slot_at(const struct object_code *code, uint64_t address)
{
	const struct slot wanted = {.address = address};
	return code->slot_count ? bsearch(&wanted, code->slots, code->slot_count, sizeof(wanted),
					  compare_slots)
				: NULL;
}

const char *object_code_import_at(const struct object_code *code, uint64_t address, bool always)
{
	const struct slot *slot = slot_at(code, address);
	return slot && !slot->target && (slot->always || !always) ? slot->name : NULL;
}

bool object_code_import_of(const struct object_code *code, uint64_t address,
			   struct code_import *import)
{
	const struct slot *slot = slot_at(code, address);
	if (slot)
		*import = import_of(slot);
	return slot;
}

/* Whether the dynamic linker may fill in some of it. */
static bool is_filled_in(const struct object_code *code, uint64_t address, unsigned bytes)
{
	for (size_t i = 0; i < code->slot_count; i++) {
		const struct slot *slot = &code->slots[i];
		if (slot->address - address < bytes || address - slot->address < slot->bytes)
			return true;
	}
	return false;
}

bool object_code_is_data(const struct object_code *code, uint64_t address)
{
	for (size_t i = 0; i < code->data_count; i++)
		if (address - code->data[i].address < code->data[i].size)
			return true;
	return code->data_count == MAX_SECTIONS;
}

/* A pointer may be another one by then, as may what a library has a copy of here. */
bool object_code_at_start(const struct object_code *code, uint64_t address, unsigned bytes,
			  uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < code->data_count; i++) {
		const struct code_bytes *data = &code->data[i];
		uint64_t offset = address - data->address;
		if (offset >= data->size || data->size - offset < bytes)
			continue;
		if (data->bytes)
			memcpy(value, data->bytes + offset, bytes);
		return bytes <= (data->bytes ? 4 : 8) && !is_filled_in(code, address, bytes);
	}
	return false;
}

/* Where a call or jump leads whose operand is the memory of the function's address. */
static void leads_through(const struct object_code *code, const ZydisDecodedInstruction *raw,
			  const ZydisDecodedOperand *operand, struct code_instruction *instruction)
{
	struct code_instruction memory = {.address = instruction->address};
	const struct slot *slot = NULL;
	if (code_memory(raw, operand, &memory) && memory.from == CODE_NO_REGISTER)
		slot = slot_at(code, (uint64_t)memory.offset);
	if (slot && !slot->always)
		return;
	if (slot && slot->target)
		instruction->target = slot->target;
	else if (slot)
		instruction->import = slot->name;
}

/* Whether there is the linker's code at the address that only jumps on through such a pointer. */
static bool is_stub(const struct object_code *code, uint64_t address,
		    struct code_instruction *instruction)
{
	struct object_raw raw;
	struct code_instruction jump = {.address = address};
	if (!object_raw_decode(code, jump.address, &raw))
		return false;
	if (raw.instruction.mnemonic == ZYDIS_MNEMONIC_ENDBR64) {
		jump.address += raw.instruction.length;
		if (!object_raw_decode(code, jump.address, &raw))
			return false;
	}
	if (raw.instruction.mnemonic != ZYDIS_MNEMONIC_JMP ||
	    raw.operands[0].type != ZYDIS_OPERAND_TYPE_MEMORY)
		return false;
	leads_through(code, &raw.instruction, &raw.operands[0], &jump);
	instruction->import = jump.import;
	instruction->target = jump.target;
	return jump.import || jump.target;
}

static void target_of(const struct object_code *code, const ZydisDecodedInstruction *raw,
		      const ZydisDecodedOperand *operand, struct code_instruction *instruction)
{
	if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY)
		leads_through(code, raw, operand, instruction);
	if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER)
		instruction->through = code_register(operand->reg.value);
	if (operand->type != ZYDIS_OPERAND_TYPE_IMMEDIATE || !operand->imm.is_relative)
		return;
	uint64_t target = instruction->address + raw->length + operand->imm.value.u;
	if (!is_stub(code, target, instruction))
		instruction->target = target;
}

static uint64_t landing_of(const struct object_code *code, uint64_t address)
{
	size_t low = BISECT(0, code->function_count, i, code->functions[i].start <= address);
	return low && code->landings.exceptions.size
		       ? code_landing(&code->landings, code->functions[low - 1].entry, address)
		       : 0;
}

/* What a call leaves behind, whom it calls, and where else it may come back. */
static void call_read(const struct object_code *code, const ZydisDecodedInstruction *raw,
		      const ZydisDecodedOperand *operand, struct code_instruction *instruction)
{
	instruction->clobbered = CALLER_SAVED;
	instruction->effect = CODE_NO_EFFECT;
	instruction->flags = true;
	target_of(code, raw, operand, instruction);
	instruction->landing = landing_of(code, instruction->address);
	if (instruction->import && code_import_never_returns(instruction->import))
		instruction->kind = CODE_TRAP;
	if (!instruction->import || !code_import_returns_zero(instruction->import))
		return;
	instruction->effect = CODE_SETS;
	instruction->written = CODE_RAX;
	instruction->from = CODE_NO_REGISTER;
	instruction->offset = 0;
}

static enum code_kind kind_of(const ZydisDecodedInstruction *raw)
{
	switch (raw->meta.category) {
	case ZYDIS_CATEGORY_CALL:
		return CODE_CALL;
	case ZYDIS_CATEGORY_COND_BR:
		return CODE_BRANCH;
	case ZYDIS_CATEGORY_UNCOND_BR:
		return CODE_JUMP;
	case ZYDIS_CATEGORY_RET:
		return CODE_RETURN;
	default:
		break;
	}
	bool traps = raw->mnemonic == ZYDIS_MNEMONIC_UD1 || raw->mnemonic == ZYDIS_MNEMONIC_UD2 ||
		     raw->mnemonic == ZYDIS_MNEMONIC_HLT || raw->mnemonic == ZYDIS_MNEMONIC_INT3;
	return traps ? CODE_TRAP : CODE_PLAIN;
}

/* A pointer that the dynamic linker fills in is as good as what it points to. */
static void resolve_load(const struct object_code *code, struct code_instruction *instruction)
{
	const struct slot *slot = slot_at(code, (uint64_t)instruction->offset);
	if (!slot || !slot->target || !slot->always)
		return;
	instruction->effect = CODE_SETS;
	instruction->offset = (int64_t)slot->target;
}

bool object_code_decode(const struct object_code *code, uint64_t address,
			struct code_instruction *instruction)
{
	struct object_raw raw;
	if (!object_raw_decode(code, address, &raw))
		return false;
	*instruction = (struct code_instruction){
		.address = address, .length = raw.instruction.length, .through = CODE_NO_REGISTER};
	instruction->kind = kind_of(&raw.instruction);
	code_effect_read(&raw.instruction, raw.operands, instruction);
	switch (instruction->kind) {
	case CODE_CALL:
		call_read(code, &raw.instruction, &raw.operands[0], instruction);
		break;
	case CODE_JUMP:
		target_of(code, &raw.instruction, &raw.operands[0], instruction);
		if (!instruction->target && !instruction->import)
			instruction->kind = CODE_INDIRECT;
		break;
	case CODE_BRANCH:
		instruction->condition = code_condition_of(raw.instruction.mnemonic);
		target_of(code, &raw.instruction, &raw.operands[0], instruction);
		break;
	default:
		break;
	}
	if (instruction->effect == CODE_LOADS && instruction->from == CODE_NO_REGISTER)
		resolve_load(code, instruction);
	return true;
}
