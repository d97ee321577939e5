#include "code_formats.h"

#include <gelf.h>
#include <limits.h>
#include <string.h>

/* Bytes of data that are looked at; in more there may be one. */
#define MOST_DATA (UINT64_C(1) << 27)

/* Whether there is one that ends at the last byte: % and what may stand behind it. */
static bool ends_conversion(const char *bytes, size_t last)
{
	while (last > 0) {
		const char byte = bytes[--last];
		if (byte == '%')
			return true;
		if (!byte || !strchr("0123456789 #+-'.*$hlLjztqI", byte))
			return false;
	}
	return false;
}

static bool has_count(const Elf_Data *data)
{
	const char *bytes = data->d_buf;
	for (size_t i = 0; i < data->d_size; i++)
		if (bytes[i] == 'n' && ends_conversion(bytes, i))
			return true;
	return false;
}

static Elf *elf_of(const struct object_file *object)
{
	GElf_Addr bias;
	return object->dwfl ? dwfl_module_getelf(object->module, &bias) : NULL;
}

/* The next section with data that is there when the program begins. */
static Elf_Scn *next_section(Elf *elf, Elf_Scn *section, GElf_Shdr *header)
{
	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, header) && header->sh_type == SHT_PROGBITS &&
		    header->sh_flags & SHF_ALLOC && !(header->sh_flags & SHF_EXECINSTR))
			return section;
	return NULL;
}

bool code_formats_count(const struct object_file *object)
{
	GElf_Shdr header;
	Elf *elf = elf_of(object);
	Elf_Scn *section = NULL;
	uint64_t looked_at = 0;
	while (elf && (section = next_section(elf, section, &header))) {
		const Elf_Data *data = elf_rawdata(section, NULL);
		looked_at += header.sh_size;
		if (looked_at > MOST_DATA || (data && data->d_buf && has_count(data)))
			return true;
	}
	return !elf;
}

/* The text at that address of what does not change; NULL. */
static const char *text_at(const struct object_file *object, uint64_t address)
{
	GElf_Shdr header;
	Elf *elf = elf_of(object);
	Elf_Scn *section = NULL;
	while (elf && (section = next_section(elf, section, &header))) {
		const Elf_Data *data = elf_rawdata(section, NULL);
		const uint64_t offset = address - header.sh_addr;
		if (header.sh_flags & SHF_WRITE || !data || !data->d_buf || offset >= data->d_size)
			continue;
		const char *text = (const char *)data->d_buf + offset;
		return memchr(text, '\0', data->d_size - offset) ? text : NULL;
	}
	return NULL;
}

/* Behind a set of characters, which begins there. */
static const char *skip_set(const char *text)
{
	text += *text == '^';
	text += *text == ']';
	text += strcspn(text, "]");
	return text;
}

unsigned code_format_scans(const struct object_file *object, uint64_t address)
{
	const char *text = text_at(object, address);
	unsigned count = 0;
	if (!text)
		return UINT_MAX;
	while ((text = strchr(text, '%'))) {
		text++;
		count += *text != '%' && *text != '*';
		text += strspn(text, "*'0123456789$hlLjztqmI");
		if (*text == '[')
			text = skip_set(text + 1);
		else if (*text)
			text++;
	}
	return count;
}
