/*
 * The program starts two others that the recorder cannot be loaded into, because they are linked statically
 * (their files are written here: the smallest ELF program that exits): one through fork and exec, one
 * through posix_spawn. What they do is unknown, so the recording is not complete.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* DROPPED 2 */
#include "scenario.h"
#include <elf.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define NAME "./child_static.program"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* mov $60, %eax; xor %edi, %edi; syscall: exit(0). */
static const unsigned char code[] = {0xb8, 60, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05};

static void write_program(void)
{
	struct {
		Elf64_Ehdr header;
		Elf64_Phdr segment;
		unsigned char code[sizeof(code)];
	} file = {
		.header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
			   .e_type = ET_EXEC,
			   .e_machine = EM_X86_64,
			   .e_version = EV_CURRENT,
			   .e_entry = 0x400000 + sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr),
			   .e_phoff = sizeof(Elf64_Ehdr),
			   .e_ehsize = sizeof(Elf64_Ehdr),
			   .e_phentsize = sizeof(Elf64_Phdr),
			   .e_phnum = 1},
		.segment = {.p_type = PT_LOAD,
			    .p_flags = PF_R | PF_X,
			    .p_vaddr = 0x400000,
			    .p_filesz = sizeof(file),
			    .p_memsz = sizeof(file),
			    .p_align = 0x1000},
	};
	int out = open(NAME, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	memcpy(file.code, code, sizeof(code));
	CHECK(out >= 0);
	CHECK(write(out, &file, sizeof(file)) == (ssize_t)sizeof(file));
	close(out);
}

int main(void)
{
	char *arguments[] = {NAME, NULL};
	pid_t child;
	int status;

	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	write_program();
	child = fork();
	if (child == 0) {
		execv(NAME, arguments);
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(posix_spawn(&child, NAME, NULL, NULL, arguments, environ) == 0);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	unlink(NAME);
	return 0;
}
