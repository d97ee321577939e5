/* Reads sections with code, the pointers through which imports are called, and .eh_frame_hdr. */
#include "object_code.h"
#include "bisect.h"
#include "xalloc.h"
#include <Zydis/Zydis.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

/* Registers that a called function may change (System V ABI for x86-64, 3.2.1). */
#define CALLER_SAVED \
	(1u << 0 | 1u << 1 | 1u << 2 | 1u << 6 | 1u << 7 | 1u << 8 | 1u << 9 | 1u << 10 | 1u << 11)

/* Functions that do not return. */
static const char *const ending[] = {
	"_exit", "_Exit", "__assert_fail", "__stack_chk_fail", "abort", "exit", "pthread_exit",
};

struct section {
	const unsigned char *bytes;
	uint64_t address, size;
};

/* A pointer to a function, or a variable, that the dynamic linker fills in. */
struct slot {
	uint64_t address;
	uint64_t target;  /* in this file; 0: in another one */
	const char *name; /* the file's */
};

struct object_code {
	Elf *elf;
	ZydisDecoder decoder;
	struct section *sections;
	struct slot *slots;	  /* sorted */
	uint64_t *functions;	  /* sorted */
	struct section unwinding; /* .eh_frame_hdr */
	size_t section_count, slot_count, function_count;
};

static uint32_t word_at(const unsigned char *bytes)
{
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool section_read(Elf_Scn *section, const GElf_Shdr *header, struct section *read)
{
	Elf_Data *data = elf_rawdata(section, NULL);
	if (!data || !data->d_buf)
		return false;
	*read = (struct section){data->d_buf, header->sh_addr, data->d_size};
	return true;
}

static void slots_add(struct object_code *code, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	Elf_Scn *symbols = elf_getscn(code->elf, header->sh_link);
	Elf_Data *table = symbols ? elf_getdata(symbols, NULL) : NULL;
	GElf_Shdr of_symbols;
	if (!data || !table || !header->sh_entsize || !gelf_getshdr(symbols, &of_symbols))
		return;
	size_t count = data->d_size / header->sh_entsize;
	code->slots = xreallocarray(code->slots, code->slot_count + count, sizeof(*code->slots));
	for (size_t i = 0; i < count; i++) {
		GElf_Rela entry;
		GElf_Sym symbol;
		if (!gelf_getrela(data, (int)i, &entry) || !GELF_R_SYM(entry.r_info) ||
		    !gelf_getsym(table, (int)GELF_R_SYM(entry.r_info), &symbol))
			continue;
		const char *name = elf_strptr(code->elf, of_symbols.sh_link, symbol.st_name);
		bool here = symbol.st_shndx != SHN_UNDEF;
		if (name)
			code->slots[code->slot_count++] =
				(struct slot){entry.r_offset, here ? symbol.st_value : 0, name};
	}
}

static int compare_slots(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;
	return (a->address > b->address) - (a->address < b->address);
}

static int compare_addresses(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/*
 * The search table of .eh_frame_hdr (Linux Standard Base, Core, 10.6.2), in the one form that
 * linkers write: pairs of 4-byte offsets from its own address, the first one that of a function.
 */
static void functions_read(struct object_code *code)
{
	static const unsigned char form[] = {1, 0x1b, 0x03, 0x3b};
	const struct section *table = &code->unwinding;
	if (table->size < 12 || memcmp(table->bytes, form, sizeof(form)))
		return;
	size_t count = word_at(table->bytes + 8), room = (table->size - 12) / 8;
	if (count > room)
		count = room;
	code->functions = xcalloc(count + 1, sizeof(*code->functions));
	for (size_t i = 0; i < count; i++)
		code->functions[code->function_count++] =
			table->address +
			(uint64_t)(int64_t)(int32_t)word_at(table->bytes + 12 + 8 * i);
	qsort(code->functions, code->function_count, sizeof(*code->functions), compare_addresses);
}

static void sections_read(struct object_code *code)
{
	size_t names;
	Elf_Scn *section = NULL;
	if (elf_getshdrstrndx(code->elf, &names))
		return;
	while ((section = elf_nextscn(code->elf, section))) {
		GElf_Shdr header;
		struct section read;
		if (!gelf_getshdr(section, &header) || !(header.sh_flags & SHF_ALLOC))
			continue;
		const char *name = elf_strptr(code->elf, names, header.sh_name);
		if (header.sh_type == SHT_RELA)
			slots_add(code, section, &header);
		else if (header.sh_type == SHT_PROGBITS && name &&
			 strcmp(name, ".eh_frame_hdr") == 0)
			section_read(section, &header, &code->unwinding);
		else if (header.sh_type == SHT_PROGBITS && header.sh_flags & SHF_EXECINSTR &&
			 section_read(section, &header, &read)) {
			code->sections = xreallocarray(code->sections, code->section_count + 1,
						       sizeof(*code->sections));
			code->sections[code->section_count++] = read;
		}
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
	ZydisDecoderInit(&code->decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
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
	free(code->slots);
	free(code->functions);
	free(code);
}

bool object_code_function(const struct object_code *code, uint64_t address, uint64_t *start,
			  uint64_t *end)
{
	size_t low = BISECT(0, code->function_count, i, code->functions[i] <= address);
	if (low == 0)
		return false;
	*start = code->functions[low - 1];
	*end = low < code->function_count ? code->functions[low] : UINT64_MAX;
	return true;
}

bool object_code_imports(const struct object_code *code, const char *name)
{
	for (size_t i = 0; i < code->slot_count; i++)
		if (!code->slots[i].target && strcmp(code->slots[i].name, name) == 0)
			return true;
	return false;
}

static bool decode(const struct object_code *code, uint64_t address, ZydisDecodedInstruction *raw,
		   ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT])
{
	for (size_t i = 0; i < code->section_count; i++) {
		const struct section *section = &code->sections[i];
		uint64_t offset = address - section->address;
		if (offset < section->size)
			return ZYAN_SUCCESS(
				ZydisDecoderDecodeFull(&code->decoder, section->bytes + offset,
						       section->size - offset, raw, operands));
	}
	return false;
}

/* The number of the general register that this one is, or is a part of; CODE_NO_REGISTER. */
static uint8_t register_of(ZydisRegister name)
{
	ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, name);
	return whole >= ZYDIS_REGISTER_RAX && whole <= ZYDIS_REGISTER_R15
		       ? (uint8_t)(whole - ZYDIS_REGISTER_RAX)
		       : CODE_NO_REGISTER;
}

/* The memory of an operand as a register and an offset; false: it takes more. */
static bool memory_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operand,
		      struct code_instruction *instruction)
{
	const ZydisDecodedOperandMem *memory = &operand->mem;
	if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY || memory->index != ZYDIS_REGISTER_NONE ||
	    memory->segment == ZYDIS_REGISTER_FS || memory->segment == ZYDIS_REGISTER_GS)
		return false;
	instruction->offset = memory->disp.value;
	instruction->from = CODE_NO_REGISTER;
	if (memory->base == ZYDIS_REGISTER_RIP)
		instruction->offset = (int64_t)(instruction->address + raw->length +
						(uint64_t)memory->disp.value);
	else if (memory->base != ZYDIS_REGISTER_NONE)
		instruction->from = register_of(memory->base);
	return memory->base == ZYDIS_REGISTER_NONE || memory->base == ZYDIS_REGISTER_RIP ||
	       instruction->from != CODE_NO_REGISTER;
}

static bool is_register(const ZydisDecodedOperand *operand, unsigned bits)
{
	return operand->type == ZYDIS_OPERAND_TYPE_REGISTER && operand->size == bits &&
	       register_of(operand->reg.value) != CODE_NO_REGISTER;
}

static void sets(struct code_instruction *instruction, const ZydisDecodedOperand *operand,
		 uint8_t from, uint64_t offset)
{
	instruction->effect = CODE_SETS;
	instruction->written = register_of(operand->reg.value);
	instruction->from = from;
	instruction->offset = (int64_t)offset;
}

static void cuts(struct code_instruction *instruction, const ZydisDecodedOperand *to,
		 const ZydisDecodedOperand *from)
{
	sets(instruction, to, register_of(from->reg.value), 0);
	instruction->effect = CODE_CUTS;
}

static void effect_of_move(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
			   struct code_instruction *instruction)
{
	const ZydisDecodedOperand *to = &operands[0], *from = &operands[1];
	bool wide = is_register(to, 64);
	if ((wide || is_register(to, 32)) && from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		sets(instruction, to, CODE_NO_REGISTER,
		     wide ? from->imm.value.u : (uint32_t)from->imm.value.u);
	else if (wide && is_register(from, 64))
		sets(instruction, to, register_of(from->reg.value), 0);
	else if (is_register(to, 32) && is_register(from, 32))
		cuts(instruction, to, from);
	else if (wide && memory_of(raw, from, instruction)) {
		instruction->effect = CODE_LOADS;
		instruction->written = register_of(to->reg.value);
	} else if (is_register(from, 64) && memory_of(raw, to, instruction)) {
		instruction->effect = CODE_STORES;
		instruction->written = register_of(from->reg.value);
	}
}

static void effect_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction)
{
	const ZydisDecodedOperand *to = &operands[0], *from = &operands[1];
	switch (raw->mnemonic) {
	case ZYDIS_MNEMONIC_MOV:
		effect_of_move(raw, operands, instruction);
		break;
	case ZYDIS_MNEMONIC_LEA:
		if (is_register(to, 64) && memory_of(raw, from, instruction))
			sets(instruction, to, instruction->from, (uint64_t)instruction->offset);
		break;
	case ZYDIS_MNEMONIC_XOR:
		if ((is_register(to, 64) || is_register(to, 32)) &&
		    from->type == ZYDIS_OPERAND_TYPE_REGISTER && from->reg.value == to->reg.value)
			sets(instruction, to, CODE_NO_REGISTER, 0);
		break;
	case ZYDIS_MNEMONIC_SYSCALL:
		instruction->clobbered = 1u << CODE_RAX;
		break;
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_SUB:
		if (is_register(to, 64) && from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
			sets(instruction, to, register_of(to->reg.value),
			     raw->mnemonic == ZYDIS_MNEMONIC_ADD ? from->imm.value.u
								 : -from->imm.value.u);
		break;
	case ZYDIS_MNEMONIC_PUSH:
		instruction->pushed = 8;
		break;
	case ZYDIS_MNEMONIC_POP:
		instruction->pushed = -8;
		break;
	default:
		break;
	}
}

bool code_writes_register(const struct code_instruction *instruction)
{
	return instruction->effect == CODE_SETS || instruction->effect == CODE_CUTS ||
	       instruction->effect == CODE_LOADS;
}

/* Notes which registers get another value than the effect tells, and writing to memory. */
static void writes_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction)
{
	bool told = code_writes_register(instruction);
	for (size_t i = 0; i < raw->operand_count; i++) {
		const ZydisDecodedOperand *operand = &operands[i];
		if (!(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    instruction->effect == CODE_NO_EFFECT && !instruction->pushed &&
		    memory_of(raw, operand, instruction))
			instruction->effect = CODE_SPOILS;
		if (operand->type != ZYDIS_OPERAND_TYPE_REGISTER)
			continue;
		uint8_t number = register_of(operand->reg.value);
		if (number != CODE_NO_REGISTER && !(told && number == instruction->written) &&
		    !(instruction->pushed && number == CODE_RSP))
			instruction->clobbered |= (uint16_t)(1u << number);
	}
}

static const struct slot *slot_at(const struct object_code *code, uint64_t address)
{
	const struct slot wanted = {.address = address};
	return code->slot_count ? bsearch(&wanted, code->slots, code->slot_count, sizeof(wanted),
					  compare_slots)
				: NULL;
}

const char *object_code_import_at(const struct object_code *code, uint64_t address)
{
	const struct slot *slot = slot_at(code, address);
	return slot && !slot->target ? slot->name : NULL;
}

/* Where a call or jump leads whose operand is the memory of the function's address. */
static void leads_through(const struct object_code *code, const ZydisDecodedInstruction *raw,
			  const ZydisDecodedOperand *operand, struct code_instruction *instruction)
{
	struct code_instruction memory = {.address = instruction->address};
	const struct slot *slot = NULL;
	if (memory_of(raw, operand, &memory) && memory.from == CODE_NO_REGISTER)
		slot = slot_at(code, (uint64_t)memory.offset);
	if (slot && slot->target)
		instruction->target = slot->target;
	else if (slot)
		instruction->import = slot->name;
}

/* Whether there is the linker's code at the address that only jumps on through such a pointer. */
static bool is_stub(const struct object_code *code, uint64_t address,
		    struct code_instruction *instruction)
{
	ZydisDecodedInstruction raw;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	struct code_instruction jump = {.address = address};
	if (!decode(code, jump.address, &raw, operands))
		return false;
	if (raw.mnemonic == ZYDIS_MNEMONIC_ENDBR64) {
		jump.address += raw.length;
		if (!decode(code, jump.address, &raw, operands))
			return false;
	}
	if (raw.mnemonic != ZYDIS_MNEMONIC_JMP || operands[0].type != ZYDIS_OPERAND_TYPE_MEMORY)
		return false;
	leads_through(code, &raw, &operands[0], &jump);
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
		instruction->through = register_of(operand->reg.value);
	if (operand->type != ZYDIS_OPERAND_TYPE_IMMEDIATE || !operand->imm.is_relative)
		return;
	uint64_t target = instruction->address + raw->length + operand->imm.value.u;
	if (!is_stub(code, target, instruction))
		instruction->target = target;
}

static bool is_ending(const char *import)
{
	for (size_t i = 0; import && i < sizeof(ending) / sizeof(*ending); i++)
		if (strcmp(import, ending[i]) == 0)
			return true;
	return false;
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
	bool traps = raw->mnemonic == ZYDIS_MNEMONIC_UD2 || raw->mnemonic == ZYDIS_MNEMONIC_HLT ||
		     raw->mnemonic == ZYDIS_MNEMONIC_INT3;
	return traps ? CODE_TRAP : CODE_PLAIN;
}

/* A pointer that the dynamic linker fills in is as good as what it points to. */
static void resolve_load(const struct object_code *code, struct code_instruction *instruction)
{
	const struct slot *slot = slot_at(code, (uint64_t)instruction->offset);
	if (!slot || !slot->target)
		return;
	instruction->effect = CODE_SETS;
	instruction->offset = (int64_t)slot->target;
}

bool object_code_decode(const struct object_code *code, uint64_t address,
			struct code_instruction *instruction)
{
	ZydisDecodedInstruction raw;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	if (!decode(code, address, &raw, operands))
		return false;
	*instruction = (struct code_instruction){
		.address = address, .length = raw.length, .through = CODE_NO_REGISTER};
	instruction->kind = kind_of(&raw);
	effect_of(&raw, operands, instruction);
	writes_of(&raw, operands, instruction);
	switch (instruction->kind) {
	case CODE_CALL:
		instruction->clobbered = CALLER_SAVED;
		instruction->effect = CODE_NO_EFFECT;
		target_of(code, &raw, &operands[0], instruction);
		if (is_ending(instruction->import))
			instruction->kind = CODE_TRAP;
		break;
	case CODE_JUMP:
		target_of(code, &raw, &operands[0], instruction);
		if (!instruction->target && !instruction->import)
			instruction->kind = CODE_INDIRECT;
		break;
	case CODE_BRANCH:
		target_of(code, &raw, &operands[0], instruction);
		break;
	default:
		break;
	}
	if (instruction->effect == CODE_LOADS && instruction->from == CODE_NO_REGISTER)
		resolve_load(code, instruction);
	return true;
}
