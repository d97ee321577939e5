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

/*
 * How the runtimes of the sanitizers are known: their entry, which instrumented code calls, and the
 * libraries that gcc and clang link.
 */
static const struct runtime {
	const char *entry;
	const char *libraries[2];
} runtimes[ELF_SANITIZERS] = {
	[ELF_SANITIZER_THREAD] = {"__tsan_init", {"libtsan.so", "libclang_rt.tsan"}},
	[ELF_SANITIZER_ADDRESS] = {"__asan_init", {"libasan.so", "libclang_rt.asan"}},
	[ELF_SANITIZER_HWADDRESS] = {"__hwasan_init", {"libhwasan.so", "libclang_rt.hwasan"}},
};

static void read_library(struct elf_file *file, const char *name)
{
	if (!strcmp(name, "libjli.so")) /* the launcher of every JDK is built upon it */
		file->java = true;
	for (unsigned i = ELF_SANITIZER_NONE + 1; i < ELF_SANITIZERS; i++)
		for (unsigned j = 0; j < 2; j++) {
			const char *library = runtimes[i].libraries[j];

			if (strncmp(name, library, strlen(library)))
				continue;
			file->sanitizer = i;
			file->shared_sanitizer = true;
		}
}

static void read_symbol(struct elf_file *file, const char *name, bool defined)
{
	for (unsigned i = ELF_SANITIZER_NONE + 1; i < ELF_SANITIZERS; i++) {
		if (strcmp(name, runtimes[i].entry))
			continue;
		file->sanitizer = i;
		file->shared_sanitizer |= !defined;
	}
}

static void read_dynamic(struct elf_file *file, Elf *elf, Elf_Data *data, size_t names)
{
	GElf_Dyn entry;

	for (int i = 0; gelf_getdyn(data, i, &entry) && entry.d_tag != DT_NULL; i++) {
		const char *name =
			entry.d_tag == DT_NEEDED ? elf_strptr(elf, names, entry.d_un.d_val) : NULL;

		if (name)
			read_library(file, name);
	}
}

static void read_symbols(struct elf_file *file, Elf *elf, Elf_Data *data, size_t names)
{
	GElf_Sym symbol;

	for (int i = 0; gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, names, symbol.st_name);

		if (name)
			read_symbol(file, name, symbol.st_shndx != SHN_UNDEF);
	}
}

static void read_section(struct elf_file *file, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	bool symbols = header->sh_type == SHT_DYNSYM || header->sh_type == SHT_SYMTAB;
	Elf_Data *data = NULL;

	if (symbols || header->sh_type == SHT_DYNAMIC)
		data = elf_getdata(section, NULL);
	if (!data)
		return;
	if (symbols)
		read_symbols(file, elf, data, header->sh_link);
	else
		read_dynamic(file, elf, data, header->sh_link);
}

/*
 * Compilers sign here, one string each: "rustc version 1.95.0 (…)". On Linux the locks of Rust's
 * library were those of libpthread until 1.62.
 */
static void read_comment(struct elf_file *file, Elf_Scn *section)
{
	static const char mark[] = "rustc version 1.";
	Elf_Data *data = elf_getdata(section, NULL);
	const char *text = data ? data->d_buf : NULL, *end = text ? text + data->d_size : NULL;

	/* The last string ends, too. */
	if (!text || !data->d_size || end[-1])
		return;
	for (; text < end; text += strlen(text) + 1)
		if (!strncmp(text, mark, strlen(mark)) && atoi(text + strlen(mark)) >= 62)
			file->rust = true;
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
		if (name && !strcmp(name, ".comment"))
			read_comment(file, section);
		if (name)
			read_section(file, elf, section, &header);
	}
}

enum elf_file_result elf_file_read(struct elf_file *file, const char *path)
{
	/* Which may be a name out of a trace: one that nobody writes to is not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
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
