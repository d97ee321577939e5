#include "elf_file.h"
#include "xalloc.h"
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool dynamic_says_pie(Elf *elf, const GElf_Phdr *header)
{
	Elf_Data *data = elf_getdata_rawchunk(elf, header->p_offset, header->p_filesz, ELF_T_DYN);
	GElf_Dyn entry;

	for (int i = 0; data && gelf_getdyn(data, i, &entry) && entry.d_tag != DT_NULL; i++)
		if (entry.d_tag == DT_FLAGS_1 && entry.d_un.d_val & DF_1_PIE)
			return true;
	return false;
}

static void read_segments(struct elf_file *file, Elf *elf)
{
	size_t count = 0;
	bool flagged = false;

	elf_getphdrnum(elf, &count);
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr header;
		Elf_Data *data;

		if (!gelf_getphdr(elf, i, &header))
			break;
		if (header.p_type == PT_DYNAMIC)
			flagged = dynamic_says_pie(elf, &header);
		if (header.p_type != PT_INTERP || file->loader)
			continue;
		data = elf_getdata_rawchunk(elf, header.p_offset, header.p_filesz, ELF_T_BYTE);
		if (data && data->d_size)
			file->loader = xstrndup(data->d_buf, data->d_size);
	}
	file->library = file->pie && !file->loader && !flagged;
}

static void read_sections(struct elf_file *file, Elf *elf)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return;
	while ((section = elf_nextscn(elf, section))) {
		const char *name = gelf_getshdr(section, &header)
					   ? elf_strptr(elf, names, header.sh_name)
					   : NULL;

		if (name && (!strcmp(name, ".note.go.buildid") || !strcmp(name, ".go.buildinfo")))
			file->go = true;
	}
}

enum elf_file_result elf_file_read(struct elf_file *file, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum elf_file_result result = ELF_FILE_FOREIGN;
	GElf_Ehdr header;
	Elf *elf;

	*file = (struct elf_file){.loader = NULL};
	if (fd < 0)
		return ELF_FILE_UNREADABLE;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) &&
	    (header.e_type == ET_EXEC || header.e_type == ET_DYN)) {
		file->machine = header.e_machine;
		file->bits = gelf_getclass(elf) == ELFCLASS64 ? 64 : 32;
		file->pie = header.e_type == ET_DYN;
		read_segments(file, elf);
		read_sections(file, elf);
		result = ELF_FILE_GOOD;
	}
	elf_end(elf);
	close(fd);
	return result;
}

void elf_file_free(struct elf_file *file)
{
	free(file->loader);
}

const char *elf_machine_name(unsigned machine)
{
	static const struct {
		unsigned machine;
		const char *name;
	} names[] = {
		{EM_X86_64, "x86-64"},	  {EM_386, "x86"},	{EM_AARCH64, "AArch64"},
		{EM_ARM, "ARM"},	  {EM_RISCV, "RISC-V"}, {EM_PPC64, "PowerPC 64"},
		{EM_S390, "S/390"},	  {EM_MIPS, "MIPS"},	{EM_LOONGARCH, "LoongArch"},
		{EM_SPARCV9, "SPARC V9"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].machine == machine)
			return names[i].name;
	return "another machine";
}
