/* What an ELF file's headers say about how it is started (libelf). */
#ifndef GORDIAN_ELF_FILE_H
#define GORDIAN_ELF_FILE_H

#include <stdbool.h>

enum elf_file_result {
	ELF_FILE_GOOD,
	ELF_FILE_FOREIGN,    /* not ELF, or damaged */
	ELF_FILE_UNREADABLE, /* it cannot be opened */
};

enum elf_sanitizer {
	ELF_SANITIZER_NONE,
	ELF_SANITIZER_THREAD,
	ELF_SANITIZER_ADDRESS,
	ELF_SANITIZER_HWADDRESS,
	ELF_SANITIZERS,
};

struct elf_file {
	unsigned machine;	      /* EM_ */
	unsigned bits;		      /* 32 or 64 */
	char *loader;		      /* PT_INTERP; NULL: none */
	bool pie;		      /* position-independent: ET_DYN */
	bool library;		      /* ET_DYN without loader and without the PIE flag */
	bool go;		      /* made by the Go tool chain */
	bool rust;		      /* made by a rustc whose library's locks are futexes */
	bool java;		      /* starts a Java virtual machine */
	enum elf_sanitizer sanitizer; /* whose runtime it uses */
	bool shared_sanitizer;	      /* the runtime is a library of its own */
};

enum elf_file_result elf_file_read(struct elf_file *file, const char *path);
void elf_file_free(struct elf_file *file);

/* "x86-64", "AArch64", …; "another machine" for one that is not known. */
const char *elf_machine_name(unsigned machine);

#endif
