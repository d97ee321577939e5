/* Looks at imports, and at the code before system calls. */
#include "object_waits.h"
#include "code_flow.h"
#include "xalloc.h"
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

/* Bytes of code before a call in which its number is looked for where it cannot be followed. */
#define NUMBER_REACH 256u
/* Times that values are worked out for an instruction: of one function, and of the file. */
#define FUNCTION_STEPS (1u << 20)
#define FILE_STEPS (1u << 26)

enum { WAKE = 1, REQUEUE = 3, CMP_REQUEUE, WAKE_OP, WAKE_BITSET = 10, OPERATION = 127 };

/* The registers of the call's number and of the futex operation. */
struct convention {
	unsigned number, operation;
};
static const struct convention of_call = {CODE_RDI, CODE_RDX};
static const struct convention of_trap = {CODE_RAX, CODE_RSI};

static const char *const known[] = {
	"ld-linux",   "libasan.so", "libc++.so",     "libc.so",	     "libglib-2.0.so",
	"libgordian", "liblsan.so", "libpthread.so", "libstdc++.so", "libubsan.so",
};

/* Beginnings of the names of functions that wait, or make others wait, in those. */
static const char *const waiting[] = {
	"_ZNSt28__atomic_futex_unsigned_base19_M_futex_wait_until", /* std::future */
	"_ZNSt8__detail11__wait_impl",				    /* C++20, libstdc++ since 15 */
	"_ZNSt8__detail17__wait_until_impl",
	"_ZNSt3__120__libcpp_atomic_wait", /* C++20, libc++ */
	"g_thread_pool_",
};

/* A section of code. */
struct section {
	const unsigned char *bytes;
	size_t size;
	uint64_t address;
	bool is_plt;
};

struct search {
	Elf *elf;
	struct section *sections;
	size_t section_count;
	struct object_code *code; /* NULL: it cannot be followed */
	bool calls;		  /* syscall */
	uint64_t *stubs;	  /* of jumps to it: a call may also lead to just before one */
	size_t stub_count;
	bool in_register;	     /* its address is loaded somewhere, to be called through */
	bool number_unknown;	     /* of some call */
	uint64_t read_from, read_to; /* a function, instruction by instruction */
	/* The function that was looked at last. */
	uint64_t start;
	struct code_function *function;
	struct code_flow *flow;
	uint64_t steps; /* that were worked out; each function costs something */
};

static bool begins_with_any(const char *text, const char *const *beginnings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

bool object_waits_known(const char *path)
{
	const char *slash = strrchr(path, '/');
	return begins_with_any(slash ? slash + 1 : path, known, sizeof(known) / sizeof(*known));
}

static uint32_t number_at(const unsigned char *bytes)
{
	return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Whether a function that waits is imported; notes whether syscall is. */
static bool imports_wait(struct search *search, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = data && header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
	for (size_t i = 1; i < count; i++) {
		GElf_Sym symbol;
		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != SHN_UNDEF)
			continue;
		const char *name = elf_strptr(search->elf, header->sh_link, symbol.st_name);
		if (!name)
			continue;
		if (begins_with_any(name, waiting, sizeof(waiting) / sizeof(*waiting)))
			return true;
		search->calls |= strcmp(name, "syscall") == 0;
	}
	return false;
}

static void section_add(struct search *search, Elf_Scn *section, const GElf_Shdr *header,
			const char *name)
{
	Elf_Data *data = elf_rawdata(section, NULL);
	if (!data || !data->d_buf)
		return;
	search->sections = xreallocarray(search->sections, search->section_count + 1,
					 sizeof(*search->sections));
	search->sections[search->section_count++] = (struct section){
		data->d_buf, data->d_size, header->sh_addr, name && strncmp(name, ".plt", 4) == 0};
}

static bool is_number(uint64_t value)
{
	return value == SYS_futex || value == SYS_futex_waitv;
}

/* futex_waitv has flags in the place of the operation, which are 0. */
static bool only_wakes(uint64_t value)
{
	int operation = (int)value & OPERATION;
	return operation == WAKE || operation == WAKE_BITSET || operation == WAKE_OP ||
	       operation == REQUEUE || operation == CMP_REQUEUE;
}

/* Whether four bytes there are the number. */
static bool is_number_at(const struct section *section, size_t at)
{
	return at + 4 <= section->size && is_number(number_at(section->bytes + at));
}

static bool is_number_near(const struct section *section, size_t at)
{
	for (size_t i = at > NUMBER_REACH ? at - NUMBER_REACH : 0; i < at; i++)
		if (is_number_at(section, i))
			return true;
	return false;
}

/* The address that the four bytes at `at`, the end of an instruction, lead to. */
static uint64_t target_of(const struct section *section, size_t at)
{
	return section->address + at + 4 +
	       (uint64_t)(int64_t)(int32_t)number_at(section->bytes + at);
}

/* Whether that is where the address of syscall stands. */
static bool is_pointer(const struct search *search, const struct section *section, size_t at)
{
	const char *import = object_code_import_at(search->code, target_of(section, at), false);
	return import && strcmp(import, "syscall") == 0;
}

/* Jumps through pointers to syscall; and whether one is loaded into a register (mov). */
static void pointers_find(struct search *search, const struct section *section)
{
	for (size_t i = 0; i + 6 <= section->size; i++) {
		const unsigned char *bytes = section->bytes + i;
		bool jumps = section->is_plt && bytes[0] == 0xff && bytes[1] == 0x25;
		bool loads = bytes[0] == 0x8b && (bytes[1] & 0xc7) == 0x05;
		if (!(jumps || loads) || !is_pointer(search, section, i + 2))
			continue;
		search->in_register |= loads;
		if (!jumps)
			continue;
		search->stubs = xreallocarray(search->stubs, search->stub_count + 1,
					      sizeof(*search->stubs));
		search->stubs[search->stub_count++] = section->address + i;
	}
}

/* A stub may begin with endbr64 (4 bytes), and its jump with a prefix. */
static bool is_stub(const struct search *search, uint64_t address)
{
	for (size_t i = 0; i < search->stub_count; i++)
		if (search->stubs[i] - address <= 5)
			return true;
	return false;
}

/* Whether there is a call of, or a jump to, syscall. */
static bool is_call(const struct search *search, const struct section *section, size_t at)
{
	const unsigned char *bytes = section->bytes + at;
	if (at + 6 > section->size)
		return false;
	if (bytes[0] == 0xe8 || bytes[0] == 0xe9)
		return is_stub(search, target_of(section, at + 1));
	return bytes[0] == 0xff && (bytes[1] == 0x15 || bytes[1] == 0x25) && search->code &&
	       is_pointer(search, section, at + 2);
}

/* Whether there is a call through a register, which may be one of syscall. */
static bool is_indirect(const struct search *search, const struct section *section, size_t at)
{
	return search->in_register && section->bytes[at] == 0xff &&
	       (section->bytes[at + 1] & 0xf8) == 0xd0 && is_number_near(section, at);
}

static void function_free(struct search *search)
{
	code_flow_free(search->flow);
	code_function_free(search->function);
	search->flow = NULL;
	search->function = NULL;
}

static void function_read(struct search *search, uint64_t start)
{
	const struct code_values given = code_values_given();
	uint64_t steps_left = FUNCTION_STEPS;
	if (search->start == start)
		return;
	function_free(search);
	search->start = start;
	if (search->steps > FILE_STEPS)
		return;
	search->function = code_function_new(search->code, start);
	if (search->function)
		search->flow = code_flow_new(search->function, &given, 0, &steps_left);
	search->steps += FUNCTION_STEPS - steps_left + CODE_MAX_INSTRUCTIONS / 8;
}

/* What is in the registers before the instruction at the address, or at the byte before it, if that
 * is a prefix. NULL: not known. */
static const struct code_values *values_at(struct search *search, uint64_t address)
{
	uint64_t start, end;
	if (!search->code || !object_code_function(search->code, address, &start, &end))
		return NULL;
	function_read(search, start);
	if (!search->flow)
		return NULL;
	for (unsigned back = 0; back <= 1; back++) {
		uint32_t step = code_step_at(search->function, address - back);
		if (step != CODE_NOWHERE && search->flow->reached[step])
			return &search->flow->before[step];
	}
	return NULL;
}

/* Whether an instruction begins there, read from the beginning of its function on. A section is
 * searched from its beginning to its end: mostly it is enough to read on. */
static bool is_instruction(struct search *search, uint64_t address)
{
	struct code_instruction instruction;
	uint64_t start, end;
	if (!search->code || !object_code_function(search->code, address, &start, &end))
		return true;
	if (search->read_from != start || search->read_to > address) {
		search->read_from = start;
		search->read_to = start;
	}
	while (search->read_to < address &&
	       object_code_decode(search->code, search->read_to, &instruction)) {
		if (search->read_to + instruction.length > address)
			return false;
		search->read_to += instruction.length;
	}
	return search->read_to == address;
}

static const struct code_value *constant(const struct code_values *values, unsigned reg)
{
	return values && values->registers[reg].base == CODE_CONSTANT ? &values->registers[reg]
								      : NULL;
}

/* Whether the system call there may wait in a futex. */
static bool may_wait(struct search *search, const struct section *section, size_t at, bool traps)
{
	const struct convention *convention = traps ? &of_trap : &of_call;
	const struct code_values *values = values_at(search, section->address + at);
	const struct code_value *number = constant(values, convention->number),
				*operation = constant(values, convention->operation);
	if (operation && only_wakes(operation->offset))
		return false;
	if (number)
		return is_number(number->offset);
	search->number_unknown |= !traps;
	return is_number_near(section, at) &&
	       (!traps || is_instruction(search, section->address + at));
}

static bool section_waits(struct search *search, const struct section *section)
{
	for (size_t i = 0; i + 2 <= section->size; i++) {
		const unsigned char *bytes = section->bytes + i;
		bool traps = bytes[0] == 0x0f && bytes[1] == 0x05 && is_number_near(section, i);
		if (!traps && !is_call(search, section, i) && !is_indirect(search, section, i))
			continue;
		if (may_wait(search, section, i, traps))
			return true;
	}
	return false;
}

/* Whether the number is loaded into some register somewhere. */
static bool loads_number(const struct section *section)
{
	for (size_t i = 0; i + 5 <= section->size; i++)
		if (section->bytes[i] >= 0xb8 && section->bytes[i] <= 0xbf &&
		    is_number_at(section, i + 1))
			return true;
	return false;
}

static bool search_waits(struct search *search)
{
	for (size_t i = 0; search->calls && search->code && i < search->section_count; i++)
		pointers_find(search, &search->sections[i]);
	for (size_t i = 0; i < search->section_count; i++)
		if (!search->sections[i].is_plt && section_waits(search, &search->sections[i]))
			return true;
	for (size_t i = 0; search->number_unknown && i < search->section_count; i++)
		if (loads_number(&search->sections[i]))
			return true;
	return false;
}

/* Enters the sections; true: what is imported says enough. */
static bool sections_read(struct search *search)
{
	size_t names;
	Elf_Scn *section = NULL;
	if (elf_getshdrstrndx(search->elf, &names))
		return false;
	while ((section = elf_nextscn(search->elf, section))) {
		GElf_Shdr header;
		if (!gelf_getshdr(section, &header))
			continue;
		if (header.sh_type == SHT_DYNSYM && imports_wait(search, section, &header))
			return true;
		if (header.sh_type == SHT_PROGBITS && header.sh_flags & SHF_EXECINSTR)
			section_add(search, section, &header,
				    elf_strptr(search->elf, names, header.sh_name));
	}
	return false;
}

enum object_waits object_waits(const struct object_file *object)
{
	GElf_Addr unused;
	GElf_Ehdr header;
	struct search search = {.start = UINT64_MAX};
	if (object->dwfl)
		search.elf = dwfl_module_getelf(object->module, &unused);
	if (!search.elf || !gelf_getehdr(search.elf, &header) || header.e_shnum == 0)
		return OBJECT_WAITS_UNKNOWN;
	bool waits = sections_read(&search);
	search.code = waits ? NULL : object_code_new(object);
	if (!waits && header.e_machine != EM_X86_64)
		waits = search.calls;
	else if (!waits)
		waits = search_waits(&search) || (search.calls && !search.code);
	function_free(&search);
	object_code_free(search.code);
	free(search.sections);
	free(search.stubs);
	return waits ? OBJECT_WAITS : OBJECT_WAITS_NOT;
}
