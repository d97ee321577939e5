/* Looks at imports, and at the code before system calls. */
#include "object_waits.h"
#include "xalloc.h"
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

/* Bytes of code: between the loading of an argument and the call, or a jump to it; of a function.
 */
#define ARGUMENT_REACH 64
#define JUMP_REACH 24
#define FUNCTION_REACH 256
/* System calls have smaller numbers, and futex operations do. */
#define SMALL 1024u

enum { WAIT, WAKE, REQUEUE = 3, CMP_REQUEUE, WAKE_OP, WAKE_BITSET = 10, OPERATION = 127 };

/*
 * How arguments are passed: the opcodes that load constants into the registers of the call's number
 * and of the futex operation, and the second byte of the instruction that clears the latter.
 */
struct convention {
	unsigned char number, operation, clear;
};
static const struct convention of_call = {0xbf, 0xba, 0xd2}; /* edi; edx: syscall(n, word, op) */
static const struct convention of_trap = {0xb8, 0xbe, 0xf6}; /* eax; esi */

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

/* The code, by sections. */
struct code {
	const unsigned char *bytes;
	size_t size;
	uint64_t address;
	bool is_plt;
};

struct search {
	Elf *elf;
	struct code *codes;
	size_t code_count;
	uint64_t *slots; /* addresses of pointers to syscall */
	size_t slot_count;
	uint64_t *stubs; /* of jumps through them: a call may also lead to just before one */
	size_t stub_count;
	bool in_register;    /* such a pointer is loaded somewhere, to be called through */
	bool number_unknown; /* of some call */
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

static void append(uint64_t **list, size_t *count, uint64_t value)
{
	*list = xreallocarray(*list, *count + 1, sizeof(**list));
	(*list)[(*count)++] = value;
}

static bool contains(const uint64_t *list, size_t count, uint64_t value)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == value)
			return true;
	return false;
}

/* Whether a function that waits is imported; *calls: whether syscall is. */
static bool imports_wait(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, bool *calls)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = data && header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
	for (size_t i = 1; i < count; i++) {
		GElf_Sym symbol;
		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != SHN_UNDEF)
			continue;
		const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
		if (!name)
			continue;
		if (begins_with_any(name, waiting, sizeof(waiting) / sizeof(*waiting)))
			return true;
		*calls |= strcmp(name, "syscall") == 0;
	}
	return false;
}

/* Notes which pointers these relocations make lead to syscall. */
static void slots_add(struct search *search, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	Elf_Scn *symbols = elf_getscn(search->elf, header->sh_link);
	Elf_Data *table = symbols ? elf_getdata(symbols, NULL) : NULL;
	GElf_Shdr symbols_header;
	if (!data || !table || !header->sh_entsize || !gelf_getshdr(symbols, &symbols_header))
		return;
	for (size_t i = 0; i < header->sh_size / header->sh_entsize; i++) {
		GElf_Rela entry;
		GElf_Sym symbol;
		if (!gelf_getrela(data, (int)i, &entry) || !GELF_R_SYM(entry.r_info) ||
		    !gelf_getsym(table, (int)GELF_R_SYM(entry.r_info), &symbol))
			continue;
		const char *name = elf_strptr(search->elf, symbols_header.sh_link, symbol.st_name);
		if (name && strcmp(name, "syscall") == 0)
			append(&search->slots, &search->slot_count, entry.r_offset);
	}
}

static void code_add(struct search *search, Elf_Scn *section, const GElf_Shdr *header,
		     const char *name)
{
	Elf_Data *data = elf_rawdata(section, NULL);
	if (!data || !data->d_buf)
		return;
	search->codes =
		xreallocarray(search->codes, search->code_count + 1, sizeof(*search->codes));
	search->codes[search->code_count++] = (struct code){
		.bytes = data->d_buf,
		.size = data->d_size,
		.address = header->sh_addr,
		.is_plt = name && strncmp(name, ".plt", 4) == 0,
	};
}

/* The address that the four bytes at `at`, the end of an instruction, lead to. */
static uint64_t target_of(const struct code *code, size_t at)
{
	return code->address + at + 4 + (uint64_t)(int64_t)(int32_t)number_at(code->bytes + at);
}

static bool is_slot(const struct search *search, const struct code *code, size_t at)
{
	return contains(search->slots, search->slot_count, target_of(code, at));
}

static void stubs_find(struct search *search, const struct code *code)
{
	for (size_t i = 0; i + 6 <= code->size; i++) {
		const unsigned char *bytes = code->bytes + i;
		if (bytes[0] == 0xff && bytes[1] == 0x25 && is_slot(search, code, i + 2))
			append(&search->stubs, &search->stub_count, code->address + i);
		/* mov reg, [rip + offset] */
		if (bytes[0] == 0x8b && (bytes[1] & 0xc7) == 0x05 && is_slot(search, code, i + 2))
			search->in_register = true;
	}
}

/* A stub may begin with endbr64 (4 bytes), and its jump with a prefix. */
static bool is_stub(const struct search *search, uint64_t address)
{
	static const uint64_t before[] = {0, 1, 4, 5};
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (contains(search->stubs, search->stub_count, address + before[i]))
			return true;
	return false;
}

/* Whether there is a call of, or a jump to, syscall. */
static bool is_call(const struct search *search, const struct code *code, size_t at)
{
	const unsigned char *bytes = code->bytes + at;
	if ((bytes[0] == 0xe8 || bytes[0] == 0xe9) && at + 5 <= code->size)
		return is_stub(search, target_of(code, at + 1));
	return bytes[0] == 0xff && at + 6 <= code->size &&
	       (bytes[1] == 0x15 || (bytes[1] == 0x25 && !code->is_plt)) &&
	       is_slot(search, code, at + 2);
}

/* Whether there is a call through a register, which may be one of syscall. */
static bool is_indirect(const struct search *search, const struct code *code, size_t at)
{
	return search->in_register && code->bytes[at] == 0xff &&
	       (code->bytes[at + 1] & 0xf8) == 0xd0;
}

/*
 * The small number that was loaded last, by the instruction of that opcode, into a register before
 * `at`; at most `reach` bytes before. *where: of that instruction. -1: none.
 */
static int loaded(const struct code *code, size_t at, unsigned char opcode, size_t *where)
{
	size_t first = at > ARGUMENT_REACH ? at - ARGUMENT_REACH : 0;
	for (size_t i = at; i-- > first;)
		if (code->bytes[i] == opcode && i + 5 <= at &&
		    number_at(code->bytes + i + 1) < SMALL) {
			*where = i;
			return (int)number_at(code->bytes + i + 1);
		}
	return -1;
}

static bool is_futex(int number)
{
	return number == SYS_futex || number == SYS_futex_waitv;
}

static bool only_wakes(int operation)
{
	operation &= OPERATION;
	return operation == WAKE || operation == WAKE_BITSET || operation == WAKE_OP ||
	       operation == REQUEUE || operation == CMP_REQUEUE;
}

/* Whether the instruction there clears the register of the operation. */
static bool clears(const struct code *code, size_t at, const struct convention *convention)
{
	return code->bytes[at] == 0x31 && code->bytes[at + 1] == convention->clear;
}

/* Whether something between may have changed the register of the operation. */
static bool is_changed(const struct code *code, size_t from, size_t to,
		       const struct convention *convention)
{
	for (size_t i = from; i + 2 <= to; i++) {
		const unsigned char *bytes = code->bytes + i;
		bool calls = bytes[0] == 0xff && bytes[1] == 0x15;
		if (bytes[0] == 0xe8 && i + 5 <= to)
			calls |= target_of(code, i + 1) - code->address < code->size;
		if (calls || clears(code, i, convention))
			return true;
	}
	return false;
}

/* Whether a jump from one of the next bytes leads to (from, to]. */
static bool jumps_between(const struct code *code, size_t at, size_t from, size_t to)
{
	for (size_t i = at; i < at + JUMP_REACH && i + 5 <= code->size; i++) {
		uint64_t target = 0;
		if (code->bytes[i] == 0xeb)
			target = code->address + i + 2 +
				 (uint64_t)(int64_t)(int8_t)code->bytes[i + 1];
		else if (code->bytes[i] == 0xe9)
			target = target_of(code, i + 1);
		if (target > code->address + from && target <= code->address + to)
			return true;
	}
	return false;
}

/* Whether another path of the same function comes to between these with an operation that waits. */
static bool is_joined(const struct code *code, size_t from, size_t to,
		      const struct convention *convention)
{
	size_t i = to > FUNCTION_REACH ? to - FUNCTION_REACH : 0;
	for (; i + 5 <= code->size && i < to + FUNCTION_REACH; i++) {
		bool loads = code->bytes[i] == convention->operation &&
			     number_at(code->bytes + i + 1) < SMALL &&
			     !only_wakes((int)number_at(code->bytes + i + 1));
		if ((loads || clears(code, i, convention)) && jumps_between(code, i + 2, from, to))
			return true;
	}
	return false;
}

/* Whether the futex call at `at` may wait. */
static bool may_wait(const struct code *code, size_t at, int number,
		     const struct convention *convention)
{
	size_t where;
	int operation = loaded(code, at, convention->operation, &where);
	return number != SYS_futex || operation < 0 || !only_wakes(operation) ||
	       is_changed(code, where + 5, at, convention) ||
	       is_joined(code, where, at, convention);
}

static bool code_waits(struct search *search, const struct code *code)
{
	for (size_t i = 0; i + 2 <= code->size; i++) {
		bool calls = is_call(search, code, i);
		bool traps = code->bytes[i] == 0x0f && code->bytes[i + 1] == 0x05;
		const struct convention *convention = traps ? &of_trap : &of_call;
		size_t where;
		if (!calls && !traps && !is_indirect(search, code, i))
			continue;
		int number = loaded(code, i, convention->number, &where);
		search->number_unknown |= calls && number < 0;
		if (is_futex(number) && may_wait(code, i, number, convention))
			return true;
	}
	return false;
}

/* Whether the number is loaded into some register somewhere. */
static bool loads_futex(const struct code *code)
{
	for (size_t i = 0; i + 5 <= code->size; i++)
		if (code->bytes[i] >= 0xb8 && code->bytes[i] <= 0xbf &&
		    is_futex((int)number_at(code->bytes + i + 1)))
			return true;
	return false;
}

static bool search_waits(struct search *search)
{
	for (size_t i = 0; search->slot_count && i < search->code_count; i++)
		stubs_find(search, &search->codes[i]);
	for (size_t i = 0; i < search->code_count; i++)
		if (code_waits(search, &search->codes[i]))
			return true;
	for (size_t i = 0; search->number_unknown && i < search->code_count; i++)
		if (loads_futex(&search->codes[i]))
			return true;
	return false;
}

/* Enters the sections; true: what is imported says enough. */
static bool sections_read(struct search *search, bool *calls)
{
	size_t names;
	Elf_Scn *section = NULL;
	if (elf_getshdrstrndx(search->elf, &names))
		return false;
	while ((section = elf_nextscn(search->elf, section))) {
		GElf_Shdr header;
		if (!gelf_getshdr(section, &header))
			continue;
		if (header.sh_type == SHT_DYNSYM &&
		    imports_wait(search->elf, section, &header, calls))
			return true;
		if (header.sh_type == SHT_RELA && header.sh_flags & SHF_ALLOC)
			slots_add(search, section, &header);
		if (header.sh_type == SHT_PROGBITS && header.sh_flags & SHF_EXECINSTR)
			code_add(search, section, &header,
				 elf_strptr(search->elf, names, header.sh_name));
	}
	return false;
}

enum object_waits object_waits(const struct object_file *object)
{
	GElf_Addr unused;
	GElf_Ehdr header;
	bool calls = false;
	struct search search = {0};
	if (object->dwfl)
		search.elf = dwfl_module_getelf(object->module, &unused);
	if (!search.elf || !gelf_getehdr(search.elf, &header) || header.e_shnum == 0)
		return OBJECT_WAITS_UNKNOWN;
	bool waits = sections_read(&search, &calls) ||
		     (header.e_machine == EM_X86_64 ? search_waits(&search) : calls);
	free(search.codes);
	free(search.slots);
	free(search.stubs);
	return waits ? OBJECT_WAITS : OBJECT_WAITS_NOT;
}
