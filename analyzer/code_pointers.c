/* Reads what the dynamic linker puts into data relative to where the file is loaded, and words of
 * data. */
#include "code_pointers.h"

#include <gelf.h>
#include <string.h>

/* Bytes of data, and entries for the dynamic linker, that are looked at. */
#define MOST_DATA (UINT64_C(1) << 27)
#define MOST_SECTIONS 64u

struct pointers {
	Elf *elf;
	struct {
		uint64_t address, size;
	} targets[MOST_SECTIONS];
	size_t count;
	uint64_t looked_at;
	void (*each)(void *context, uint64_t address);
	void *context;
};

static void tell(const struct pointers *pointers, uint64_t address)
{
	for (size_t i = 0; i < pointers->count; i++) {
		if (address - pointers->targets[i].address < pointers->targets[i].size) {
			pointers->each(pointers->context, address);
			return;
		}
	}
}

static void read_entries(const struct pointers *pointers, Elf_Data *data, size_t count)
{
	GElf_Rela entry;

	for (size_t i = 0; i < count && gelf_getrela(data, (int)i, &entry); i++)
		if (GELF_R_TYPE(entry.r_info) == R_X86_64_RELATIVE)
			tell(pointers, (uint64_t)entry.r_addend);
}

static void read_words(const struct pointers *pointers, const Elf_Data *data)
{
	const char *bytes = data->d_buf;
	uint64_t word;

	for (size_t at = 0; at + sizeof(word) <= data->d_size; at += sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		if (word)
			tell(pointers, word);
	}
}

static bool is_target(const GElf_Shdr *header)
{
	return (header->sh_type == SHT_PROGBITS || header->sh_type == SHT_NOBITS) &&
	       header->sh_flags & (SHF_WRITE | SHF_EXECINSTR) && !(header->sh_flags & SHF_TLS);
}

static bool read_section(struct pointers *pointers, Elf_Scn *section, const GElf_Shdr *header)
{
	const bool entries = header->sh_type == SHT_RELA;
	Elf_Data *data;

	if (!entries && (header->sh_type != SHT_PROGBITS || header->sh_flags & SHF_EXECINSTR))
		return true;
	data = entries ? elf_getdata(section, NULL) : elf_rawdata(section, NULL);
	if (!data || !data->d_buf)
		return true;
	pointers->looked_at += data->d_size;
	if (pointers->looked_at > MOST_DATA)
		return false;
	if (entries)
		read_entries(pointers, data, data->d_size / sizeof(Elf64_Rela));
	else
		read_words(pointers, data);
	return true;
}

static bool find_targets(struct pointers *pointers)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(pointers->elf, section))) {
		if (!gelf_getshdr(section, &header) || !(header.sh_flags & SHF_ALLOC) ||
		    !is_target(&header))
			continue;
		if (pointers->count == MOST_SECTIONS)
			return false;
		pointers->targets[pointers->count].address = header.sh_addr;
		pointers->targets[pointers->count++].size = header.sh_size;
	}
	return true;
}

bool code_pointers_find(const struct object_file *object,
			void (*each)(void *context, uint64_t address), void *context)
{
	struct pointers pointers = {.each = each, .context = context};
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Addr bias;

	pointers.elf = object->dwfl ? dwfl_module_getelf(object->module, &bias) : NULL;
	if (!pointers.elf || !find_targets(&pointers))
		return false;
	while ((section = elf_nextscn(pointers.elf, section))) {
		if (gelf_getshdr(section, &header) && header.sh_flags & SHF_ALLOC &&
		    !read_section(&pointers, section, &header))
			return false;
	}
	return true;
}
