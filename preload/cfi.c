/* Owns the reading of .eh_frame. */
#include "cfi.h"

#include "modules.h"

#include <string.h>

/* Forms of pointers, and operations. */
enum { PCREL_SDATA4 = 0x1b, DATAREL_SDATA4 = 0x3b, UDATA4 = 0x03, INDIRECT = 0x80 };
enum {
	CFA_ADVANCE = 0x40,
	CFA_OFFSET = 0x80,
	CFA_RESTORE = 0xc0,
	CFA_NOP = 0x00,
	CFA_ADVANCE_1 = 0x02,
	CFA_ADVANCE_2 = 0x03,
	CFA_ADVANCE_4 = 0x04,
	CFA_RESTORE_EXTENDED = 0x06,
	CFA_REMEMBER = 0x0a,
	CFA_RECALL = 0x0b,
	CFA_DEF = 0x0c,
	CFA_DEF_REGISTER = 0x0d,
	CFA_DEF_OFFSET = 0x0e,
	CFA_GNU_ARGS_SIZE = 0x2e,
};
enum { REMEMBERED = 4 };

struct bytes {
	const uint8_t *at, *end;
	bool short_of; /* more was read than there is */
};

struct header { /* .eh_frame_hdr */
	uint8_t version, frame_form, count_form, table_form;
	int32_t frame;
	uint32_t count;
	struct {
		int32_t start, entry;
	} table[];
};

struct run {
	uint64_t code_factor;
	int64_t data_factor;
	uint64_t at, target;
	struct cfi now, first;
	struct cfi remembered[REMEMBERED];
	unsigned depth;
};

static uint64_t take(struct bytes *bytes, unsigned size)
{
	uint64_t value = 0;

	if ((size_t)(bytes->end - bytes->at) < size) {
		bytes->short_of = true;
		return 0;
	}
	memcpy(&value, bytes->at, size);
	bytes->at += size;
	return value;
}

static uint64_t take_leb(struct bytes *bytes, bool is_signed)
{
	uint64_t value = 0, byte;
	unsigned shift = 0;

	do {
		byte = take(bytes, 1);
		value |= shift < 64 ? (byte & 0x7f) << shift : 0;
		shift += 7;
	} while (byte & 0x80 && !bytes->short_of);
	if (is_signed && byte & 0x40 && shift < 64)
		value |= ~UINT64_C(0) << shift;
	return value;
}

static bool is_inside(const struct module *module, uint64_t address, uint64_t size)
{
	return address >= module->start && address < module->end && size <= module->end - address;
}

/* An entry, without its length. False: it is not there, or of the long form. */
static bool open_entry(const struct module *module, uint64_t address, struct bytes *bytes)
{
	uint32_t length;

	if (!is_inside(module, address, sizeof(length)))
		return false;
	memcpy(&length, (const void *)(uintptr_t)address, sizeof(length));
	address += sizeof(length);
	bytes->at = (const uint8_t *)(uintptr_t)address;
	bytes->end = bytes->at + length;
	bytes->short_of = false;
	return length >= 4 && is_inside(module, address, length);
}

static const struct header *find_header(const struct module *module, uint64_t *size)
{
	const struct dl_phdr_info *info = &module->info;

	for (unsigned i = 0; i < info->dlpi_phnum && info->dlpi_phdr; i++) {
		uint64_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

		*size = info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_GNU_EH_FRAME && start % 4 == 0 &&
		    *size >= sizeof(struct header) && is_inside(module, start, *size))
			return (const struct header *)(uintptr_t)start;
	}
	return NULL;
}

/* Of the description of the function that has that instruction; 0: there is none. */
static uint64_t find_entry(const struct module *module, uint64_t target)
{
	const struct header *header;
	uint64_t size, low = 0, high;
	int64_t offset;

	header = find_header(module, &size);
	if (!header || header->version != 1 || header->frame_form != PCREL_SDATA4 ||
	    header->count_form != UDATA4 || header->table_form != DATAREL_SDATA4 ||
	    header->count > (size - sizeof(*header)) / sizeof(header->table[0]))
		return 0;
	offset = (int64_t)(target - (uintptr_t)header);
	for (high = header->count; low < high;) {
		uint64_t middle = (low + high) / 2;

		if (header->table[middle].start <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? (uintptr_t)header + (uint64_t)(int64_t)header->table[low - 1].entry : 0;
}

/* The values that an augmentation string tells of. */
static bool read_augmentation(struct bytes *bytes, const char *string)
{
	uint8_t form = 0;

	if (*string++ != 'z')
		return false;
	take_leb(bytes, false);
	for (; *string; string++) {
		if (*string == 'R') {
			form = (uint8_t)take(bytes, 1);
		} else if (*string == 'L') {
			take(bytes, 1);
		} else if (*string == 'P') {
			if ((take(bytes, 1) & ~(uint64_t)INDIRECT) != PCREL_SDATA4)
				return false;
			take(bytes, 4);
		} else {
			return false;
		}
	}
	return form == PCREL_SDATA4;
}

static bool set_kept(struct run *run, uint64_t number, int64_t offset)
{
	if (number < CFI_REGISTERS)
		run->now.kept[number] = (int64_t)((uint64_t)offset * (uint64_t)run->data_factor);
	return number < CFI_REGISTERS;
}

static bool restore(struct run *run, uint64_t number)
{
	if (number < CFI_REGISTERS)
		run->now.kept[number] = run->first.kept[number];
	return number < CFI_REGISTERS;
}

static bool remember(struct run *run)
{
	if (run->depth == REMEMBERED)
		return false;
	run->remembered[run->depth++] = run->now;
	return true;
}

static bool recall(struct run *run)
{
	if (!run->depth)
		return false;
	run->now = run->remembered[--run->depth];
	return true;
}

/* The ones with operands of their own. False: not read here. */
static bool operate(struct run *run, struct bytes *bytes, uint64_t operation)
{
	switch (operation) {
	case CFA_NOP:
		return true;
	case CFA_ADVANCE_1:
		run->at += take(bytes, 1) * run->code_factor;
		return true;
	case CFA_ADVANCE_2:
		run->at += take(bytes, 2) * run->code_factor;
		return true;
	case CFA_ADVANCE_4:
		run->at += take(bytes, 4) * run->code_factor;
		return true;
	case CFA_RESTORE_EXTENDED:
		return restore(run, take_leb(bytes, false));
	case CFA_REMEMBER:
		return remember(run);
	case CFA_RECALL:
		return recall(run);
	case CFA_DEF:
		run->now.base = take_leb(bytes, false);
		run->now.offset = (int64_t)take_leb(bytes, false);
		return true;
	case CFA_DEF_REGISTER:
		run->now.base = take_leb(bytes, false);
		return true;
	case CFA_DEF_OFFSET:
		run->now.offset = (int64_t)take_leb(bytes, false);
		return true;
	case CFA_GNU_ARGS_SIZE:
		take_leb(bytes, false);
		return true;
	default:
		return false;
	}
}

/* Until what comes next is behind the target. */
static bool execute(struct run *run, struct bytes *bytes)
{
	while (bytes->at < bytes->end && run->at <= run->target) {
		uint64_t operation = take(bytes, 1), operand = operation & 0x3f;
		bool done;

		if ((operation & 0xc0) == CFA_ADVANCE) {
			run->at += operand * run->code_factor;
			continue;
		}
		if ((operation & 0xc0) == CFA_OFFSET)
			done = set_kept(run, operand, (int64_t)take_leb(bytes, false));
		else if ((operation & 0xc0) == CFA_RESTORE)
			done = restore(run, operand);
		else
			done = operate(run, bytes, operation);
		if (!done || bytes->short_of)
			return false;
	}
	return true;
}

/* What all the functions have in common that lead to it. */
static bool read_common(struct run *run, const struct module *module, uint64_t address)
{
	struct bytes bytes;
	const char *string;
	uint64_t version;

	if (!open_entry(module, address, &bytes) || take(&bytes, 4) != 0)
		return false;
	version = take(&bytes, 1);
	string = (const char *)bytes.at;
	if (!memchr(string, '\0', (size_t)(bytes.end - bytes.at)))
		return false;
	bytes.at += strlen(string) + 1;
	run->code_factor = take_leb(&bytes, false);
	run->data_factor = (int64_t)take_leb(&bytes, true);
	if (version != 1 || take(&bytes, 1) != CFI_REGISTERS - 1 ||
	    !read_augmentation(&bytes, string))
		return false;
	run->at = run->target;
	return execute(run, &bytes);
}

bool cfi_find(uint64_t pc, struct cfi *found)
{
	struct run run = {.target = pc - 1}; /* a call may be the last of a function */
	const struct module *module = modules_noted();
	uint64_t entry = module ? find_entry(module, run.target) : 0, common, start, more;
	struct bytes bytes;

	if (!entry || !open_entry(module, entry, &bytes))
		return false;
	common = (uintptr_t)bytes.at;
	common -= take(&bytes, 4);
	if (!read_common(&run, module, common))
		return false;
	run.first = run.now;
	start = (uintptr_t)bytes.at;
	start += (uint64_t)(int64_t)(int32_t)take(&bytes, 4);
	if (run.target - start >= take(&bytes, 4))
		return false;
	more = take_leb(&bytes, false);
	if (bytes.short_of || more > (uint64_t)(bytes.end - bytes.at))
		return false;
	bytes.at += more;
	run.at = start;
	if (!execute(&run, &bytes))
		return false;
	*found = run.now;
	return true;
}
