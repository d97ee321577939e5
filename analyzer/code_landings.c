/* Reads one entry, and the table it points to, for each question. */
#include "code_landings.h"
#include <stddef.h>

/* How a value is written: its form, and what it is relative to (LSB Core, 10.5). */
enum {
	FORM = 0x0f,
	FORM_ADDRESS = 0x00,
	FORM_ULEB = 0x01,
	FORM_2 = 0x02,
	FORM_4 = 0x03,
	FORM_8 = 0x04,
	FORM_SLEB = 0x09,
	FORM_SIGNED = 0x08,
	RELATIVE = 0x70,
	RELATIVE_TO_ITSELF = 0x10,
	OMITTED = 0xff,
};

struct cursor {
	const struct code_bytes *in;
	uint64_t at; /* offset */
	bool failed; /* it came to the end, or to what is not understood */
};

static struct cursor cursor_at(const struct code_bytes *in, uint64_t address)
{
	struct cursor cursor = {in, address - in->address, false};
	cursor.failed = cursor.at >= in->size;
	return cursor;
}

static uint64_t read_bytes(struct cursor *cursor, unsigned count)
{
	uint64_t value = 0;
	if (cursor->failed || cursor->in->size - cursor->at < count) {
		cursor->failed = true;
		return 0;
	}
	for (unsigned i = 0; i < count; i++)
		value |= (uint64_t)cursor->in->bytes[cursor->at++] << 8 * i;
	return value;
}

/* A number of 7 bits a byte; more than 64 bits are cut. */
static uint64_t read_leb(struct cursor *cursor, bool is_signed)
{
	uint64_t value = 0, byte;
	unsigned shift = 0;
	do {
		byte = read_bytes(cursor, 1);
		if (shift < 64)
			value |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80 && !cursor->failed);
	if (is_signed && byte & 0x40 && shift < 64)
		value |= ~UINT64_C(0) << shift;
	return value;
}

static uint64_t read_form(struct cursor *cursor, unsigned encoding)
{
	switch (encoding & FORM) {
	case FORM_ULEB:
		return read_leb(cursor, false);
	case FORM_SLEB:
		return read_leb(cursor, true);
	case FORM_2:
		return read_bytes(cursor, 2);
	case FORM_2 | FORM_SIGNED:
		return (uint64_t)(int16_t)read_bytes(cursor, 2);
	case FORM_4:
		return read_bytes(cursor, 4);
	case FORM_4 | FORM_SIGNED:
		return (uint64_t)(int32_t)read_bytes(cursor, 4);
	case FORM_ADDRESS:
	case FORM_8:
	case FORM_8 | FORM_SIGNED:
		return read_bytes(cursor, 8);
	default:
		cursor->failed = true;
		return 0;
	}
}

/* An address; 0: none. */
static uint64_t read_address(struct cursor *cursor, unsigned encoding)
{
	uint64_t place = cursor->in->address + cursor->at;
	uint64_t value = read_form(cursor, encoding);
	if ((encoding & RELATIVE) == RELATIVE_TO_ITSELF)
		return value ? place + value : 0;
	cursor->failed |= (encoding & RELATIVE) != 0;
	return value;
}

/* Bytes of a function's table that are looked at. */
#define MAX_TABLE 65536u

/* How entries are written that share a beginning. */
struct common {
	unsigned function, table; /* encodings */
};

/* Reads the common beginning of entries; false: it is not understood, or they have no table. */
static bool common_read(struct cursor cursor, struct common *common)
{
	char letters[8] = "";
	*common = (struct common){FORM_ADDRESS, OMITTED};
	read_bytes(&cursor, 8); /* length, id */
	unsigned version = (unsigned)read_bytes(&cursor, 1);
	for (size_t i = 0; i < sizeof(letters); i++)
		if (!(letters[i] = (char)read_bytes(&cursor, 1)))
			break;
	if (letters[0] != 'z' || letters[sizeof(letters) - 1])
		return false;
	read_leb(&cursor, false); /* alignment of code, of data */
	read_leb(&cursor, true);
	if (version == 1)
		read_bytes(&cursor, 1); /* the return address's register */
	else
		read_leb(&cursor, false);
	read_leb(&cursor, false); /* length of what follows */
	for (const char *letter = letters + 1; *letter; letter++) {
		if (*letter == 'P')
			read_form(&cursor, (unsigned)read_bytes(&cursor, 1));
		else if (*letter == 'L')
			common->table = (unsigned)read_bytes(&cursor, 1);
		else if (*letter == 'R')
			common->function = (unsigned)read_bytes(&cursor, 1);
	}
	return !cursor.failed && common->table != OMITTED;
}

/* Looks the call up in the table at that address, of the function that begins at `start`. */
static uint64_t look_up(const struct code_landings *landings, uint64_t table, uint64_t start,
			uint64_t call)
{
	struct cursor cursor = cursor_at(&landings->exceptions, table);
	uint64_t base = start;
	unsigned encoding = (unsigned)read_bytes(&cursor, 1);
	if (encoding != OMITTED)
		base = read_address(&cursor, encoding);
	if (read_bytes(&cursor, 1) != OMITTED)
		read_leb(&cursor, false); /* the table of types */
	encoding = (unsigned)read_bytes(&cursor, 1);
	uint64_t size = read_leb(&cursor, false);
	uint64_t end = cursor.at + (size < MAX_TABLE ? size : MAX_TABLE);
	while (!cursor.failed && cursor.at < end) {
		uint64_t from = start + read_form(&cursor, encoding);
		uint64_t length = read_form(&cursor, encoding);
		uint64_t landing = read_form(&cursor, encoding);
		read_leb(&cursor, false); /* what is done there */
		if (!cursor.failed && call - from < length)
			return landing ? base + landing : 0;
	}
	return 0;
}

uint64_t code_landing(const struct code_landings *landings, uint64_t entry, uint64_t call)
{
	struct cursor cursor = cursor_at(&landings->frames, entry);
	struct common common;
	read_bytes(&cursor, 4); /* length */
	uint64_t place = landings->frames.address + cursor.at;
	uint64_t back = read_bytes(&cursor, 4);
	if (cursor.failed || back == 0 ||
	    !common_read(cursor_at(&landings->frames, place - back), &common))
		return 0;
	uint64_t start = read_address(&cursor, common.function);
	read_form(&cursor, common.function); /* the function's length */
	read_leb(&cursor, false);	     /* that of what follows */
	uint64_t table = read_address(&cursor, common.table);
	return cursor.failed || !table ? 0 : look_up(landings, table, start, call);
}
