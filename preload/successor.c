/* Looks at the file of a program before it is started. */
#include "successor.h"

#include "confined.h"
#include "recorder.h"
#include "system.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_SIZE = 2048, STACK_SIZE = 32 << 10 };

/* glibc's loader, which names no other one, is told what to load. */
static bool is_loader(const char *path)
{
	const char *name = strrchr(path, '/');

	return !strncmp(name ? name + 1 : path, "ld-linux", 8);
}

/* Whether a program with this beginning names a loader, or is not ours to judge (a script, no ELF).
 */
static bool has_loader(const char *head, long size)
{
	const ElfW(Ehdr) *elf = (const void *)head;

	if (size < (long)sizeof(*elf) || memcmp(elf->e_ident, ELFMAG, SELFMAG))
		return true;
	if (elf->e_ident[EI_CLASS] != (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32))
		return false;
	for (unsigned i = 0; i < elf->e_phnum; i++) {
		uint64_t at = elf->e_phoff + (uint64_t)i * sizeof(ElfW(Phdr));

		/* Beyond what was read: not judged. */
		if (at + sizeof(ElfW(Phdr)) > (uint64_t)size)
			return true;
		if (((const ElfW(Phdr) *)(const void *)(head + at))->p_type == PT_INTERP)
			return true;
	}
	return false;
}

/* A loader that runs with other rights than its caller leaves LD_PRELOAD out. */
static bool changes_rights(const struct stat *status)
{
	return ((status->st_mode & S_ISUID) && status->st_uid != getuid()) ||
	       ((status->st_mode & S_ISGID) && status->st_gid != getgid());
}

/* 1: will be recorded; 0: will not; -1: there is no such file. */
static int judge(const char *path)
{
	char head[HEAD_SIZE] __attribute__((aligned(16)));
	struct stat status;
	long size;
	int fd;

	if (stat(path, &status) || !S_ISREG(status.st_mode) || access(path, X_OK))
		return -1;
	fd = sys_open(path, O_RDONLY, 0);
	if (fd < 0)
		return 1;
	size = sys_read(fd, head, sizeof(head));
	sys_close(fd);
	return (has_loader(head, size) || is_loader(path)) && !changes_rights(&status);
}

static int judge_in_path(const char *file)
{
	const char *list = getenv("PATH");
	char path[PATH_MAX];
	int found = -1;

	while (list && found < 0) {
		const char *end = strchrnul(list, ':');
		size_t directory = (size_t)(end - list), name = strlen(file);

		if (directory + name + 2 < sizeof(path)) {
			memcpy(path, list, directory);
			path[directory] = '/';
			memcpy(path + directory + (directory > 0), file, name + 1);
			found = judge(path);
		}
		list = *end ? end + 1 : NULL;
	}
	return found;
}

static void check(void *file)
{
	if ((strchr(file, '/') ? judge(file) : judge_in_path(file)) == 0)
		trace_drop(TRACE_DROP_process);
}

/* Paths need a few kilobytes: not on the program's stack. */
void successor_check(const char *file)
{
	int saved = errno;
	char *stack;

	/* It takes system calls that the program may not make. */
	if (!file || !trace_header || confined)
		return;
	stack = sys_mmap(STACK_SIZE, -1);
	if (stack) {
		call_on_stack(stack + STACK_SIZE, check, (void *)(uintptr_t)file);
		sys_munmap(stack, STACK_SIZE);
	}
	errno = saved;
}
