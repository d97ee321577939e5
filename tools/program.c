#include "program.h"
#include "elf_file.h"
#include "languages.h"
#include "xalloc.h"
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { MAX_INTERPRETERS = 5 }; /* how many scripts may stand behind one another; the kernel's 4 */

static void judge(struct program *program, enum program_verdict verdict, char *why,
		  const char *instead)
{
	free(program->why);
	free(program->instead);
	program->verdict = verdict;
	program->why = why;
	program->instead = instead ? xstrdup(instead) : NULL;
}

static bool is_file(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISREG(status.st_mode);
}

/* Sets program->path, as execvp would find it. False: the verdict is made. */
static bool find(struct program *program, const char *name)
{
	const char *search = getenv("PATH");
	char *denied = NULL;

	for (search = search ? search : _PATH_DEFPATH; !strchr(name, '/');) {
		int length = strcspn(search, ":");
		char *path = length ? xasprintf("%.*s/%s", length, search, name)
				    : xasprintf("./%s", name);

		if (*name && is_file(path) && !access(path, X_OK)) {
			free(denied);
			program->path = path;
			return true;
		}
		if (*name && is_file(path) && !denied)
			denied = path;
		else
			free(path);
		if (!search[length])
			break;
		search += length + 1;
	}
	program->path = denied ? denied : strchr(name, '/') ? xstrdup(name) : NULL;
	if (program->path && !access(program->path, F_OK))
		return true;
	if (strchr(name, '/'))
		judge(program, PROGRAM_NOT_FOUND, xasprintf("'%s' was not found", name),
		      "check the path");
	else
		judge(program, PROGRAM_NOT_FOUND,
		      xasprintf("'%s' was not found in any directory of PATH", name),
		      "check the name, or give the path with a slash in it");
	return false;
}

static bool check_executable(struct program *program, const char *path)
{
	struct stat status;

	if (stat(path, &status) || access(path, F_OK))
		judge(program, PROGRAM_NOT_EXECUTABLE,
		      xasprintf("'%s' cannot be executed: %s", path, strerror(errno)), NULL);
	else if (S_ISDIR(status.st_mode))
		judge(program, PROGRAM_NOT_EXECUTABLE, xasprintf("'%s' is a directory", path),
		      NULL);
	else if (access(path, X_OK))
		judge(program, PROGRAM_NOT_EXECUTABLE, xasprintf("'%s' is not executable", path),
		      "set its x bit with chmod, or start it through its interpreter");
	else
		return true;
	return false;
}

/* Whether privileges given by the file take effect at all. */
static bool privileges_count(const char *path)
{
	struct statvfs system;

	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		return false;
	return statvfs(path, &system) || !(system.f_flag & ST_NOSUID);
}

/*
 * The loader is in secure mode, and heeds no LD_PRELOAD with a slash, when the process gets ids or
 * capabilities that its starter does not have (execve(2), ld.so(8)).
 */
static bool check_privileges(struct program *program, const char *path)
{
	struct stat status;
	const char *what = NULL;

	if (stat(path, &status) || !privileges_count(path))
		return true;
	if (status.st_mode & S_ISUID && status.st_uid != getuid())
		what = "is setuid";
	else if (status.st_mode & S_ISGID && status.st_mode & S_IXGRP && status.st_gid != getgid())
		what = "is setgid";
	else if (geteuid() && getxattr(path, "security.capability", NULL, 0) > 0)
		what = "has file capabilities";
	if (!what) {
		if (status.st_mode & S_ISUID)
			judge(program, PROGRAM_LIMITED,
			      xasprintf("'%s' is setuid: only user %u, its owner, can record it",
					path, (unsigned)status.st_uid),
			      NULL);
		return true;
	}
	judge(program, PROGRAM_REFUSED,
	      xasprintf("'%s' %s, and the loader ignores LD_PRELOAD for such programs", path, what),
	      "record it as its owner, or record a copy without these privileges "
	      "(cp PROG /tmp, and run that)");
	return false;
}

static bool has_prefix(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

/* Loaders known by their names; one that is not glibc's has another libc behind it. */
static const struct loader {
	const char *prefix;
	const char *libc; /* NULL: glibc */
} loaders[] = {
	{"ld-linux", NULL},	   {"ld64.so", NULL},
	{"ld.so", NULL},	   {"ld-2.", NULL},
	{"ld-musl-", "musl"},	   {"ld-uClibc", "uClibc"},
	{"ld64-uClibc", "uClibc"}, {"linker", "Android's bionic"},
};

static const struct loader *loader_find(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	for (size_t i = 0; i < sizeof(loaders) / sizeof(loaders[0]); i++)
		if (has_prefix(name, loaders[i].prefix))
			return &loaders[i];
	return NULL;
}

static bool check_loader(struct program *program, const char *path, const char *loader)
{
	const struct loader *known = loader_find(loader);

	if (known && !known->libc)
		return true;
	judge(program, PROGRAM_REFUSED,
	      known ? xasprintf("'%s' uses %s instead of glibc (its loader is %s)", path,
				known->libc, loader)
		    : xasprintf("'%s' is started by a loader that is not glibc's: %s", path,
				loader),
	      "build it for glibc, and record that");
	return false;
}

static bool check_elf(struct program *program, const char *path, const struct elf_file *file)
{
	struct elf_file own;

	if (elf_file_read(&own, "/proc/self/exe") == ELF_FILE_GOOD) {
		bool same = own.machine == file->machine && own.bits == file->bits;

		elf_file_free(&own);
		if (!same) {
			judge(program, PROGRAM_REFUSED,
			      xasprintf("'%s' is a %u-bit program for %s, and this gordian records "
					"%u-bit programs for %s",
					path, file->bits, elf_machine_name(file->machine), own.bits,
					elf_machine_name(own.machine)),
			      "use a gordian that was built for that architecture");
			return false;
		}
	}
	if (file->loader)
		return check_loader(program, path, file->loader);
	/* A loader by itself starts what it is told to. */
	if (file->library && loader_find(path))
		return check_loader(program, path, path);
	if (file->library)
		judge(program, PROGRAM_REFUSED,
		      xasprintf("'%s' is a shared library, not a program", path), NULL);
	else
		judge(program, PROGRAM_REFUSED,
		      xasprintf("'%s' is statically linked%s: nothing can be preloaded into it",
				path, file->pie ? " (static PIE)" : ""),
		      file->go ? "build it with cgo and without -static; a Go program's own locks "
				 "stay invisible, though"
			       : "link it dynamically (without -static), and record that");
	return false;
}

/*
 * ThreadSanitizer checks the calls of the C library that the recorder makes, and takes what it does
 * under its own lock for races of the program. AddressSanitizer gets along with it, but its runtime
 * looks at the order of libraries (launch.c); linked statically it does not even do that.
 */
static bool check_sanitizer(struct program *program, const char *path, const struct elf_file *file)
{
	switch (file->sanitizer) {
	case ELF_SANITIZER_THREAD:
		judge(program, PROGRAM_REFUSED,
		      xasprintf("'%s' is built with ThreadSanitizer, which would report the "
				"recorder's own work as data races",
				path),
		      "build it without -fsanitize=thread, and record that");
		return false;
	case ELF_SANITIZER_HWADDRESS:
		judge(program, PROGRAM_REFUSED,
		      xasprintf("'%s' is built with HWAddressSanitizer, whose tagged addresses "
				"the recorder cannot follow",
				path),
		      "build it without -fsanitize=hwaddress, and record that");
		return false;
	case ELF_SANITIZER_ADDRESS:
		if (file->shared_sanitizer)
			judge(program, PROGRAM_LIMITED,
			      xasprintf(
				      "'%s' is built with AddressSanitizer, whose runtime wants to "
				      "be loaded first: it is recorded with "
				      "verify_asan_link_order=0 in ASAN_OPTIONS",
				      path),
			      NULL);
		return true;
	default:
		return true;
	}
}

/* The interpreter of a script's first line: its path in *interpreter, its argument in *argument. */
static bool read_script(const char *path, char **interpreter, char **argument)
{
	char line[256] = ""; /* what the kernel reads: BINPRM_BUF_SIZE */
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);
	char *word = line + 2;

	if (fd >= 0)
		close(fd);
	if (length < 2 || memcmp(line, "#!", 2))
		return false;
	line[strcspn(line, "\n")] = '\0';
	word += strspn(word, " \t");
	*interpreter = xstrndup(word, strcspn(word, " \t"));
	word += strcspn(word, " \t");
	word += strspn(word, " \t");
	*argument = xstrdup(word);
	return true;
}

/* "env [-S] NAME" starts NAME. Returns what is really started; *interpreter is freed if not it. */
static char *through_env(char *interpreter, const char *argument)
{
	const char *slash = strrchr(interpreter, '/');
	char *name;

	if (strcmp(slash ? slash + 1 : interpreter, "env"))
		return interpreter;
	if (has_prefix(argument, "-S"))
		argument += 2 + strspn(argument + 2, " ");
	if (!*argument || *argument == '-' || memchr(argument, '=', strcspn(argument, " ")))
		return interpreter;
	name = xstrndup(argument, strcspn(argument, " \t"));
	free(interpreter);
	return name;
}

static void inspect_file(struct program *program, const char *path, unsigned depth);

static void inspect_script(struct program *program, const char *path, char *interpreter,
			   const char *argument, unsigned depth)
{
	struct program inner = {.verdict = PROGRAM_RECORDABLE};
	char *name = through_env(interpreter, argument);

	if (find(&inner, name))
		inspect_file(&inner, inner.path, depth + 1);
	if (inner.verdict == PROGRAM_NOT_FOUND)
		inner.verdict = PROGRAM_NOT_EXECUTABLE;
	if (inner.verdict == PROGRAM_LIMITED)
		judge(program, inner.verdict, xstrdup(inner.why), inner.instead);
	else if (inner.verdict != PROGRAM_RECORDABLE)
		judge(program, inner.verdict,
		      xasprintf("'%s' is a script, and its interpreter cannot be recorded: %s",
				path, inner.why),
		      inner.instead);
	program_free(&inner);
	free(name);
}

/* Locks of a language's own runtime do not go through libpthread. */
static void check_language(struct program *program, const char *path, const struct elf_file *file)
{
	const char *interpreted = languages_interpreted(path);

	if (file->go)
		judge(program, PROGRAM_LIMITED,
		      xasprintf("'%s' is a Go program: only locks of its C libraries are seen, "
				"because Go's own locks do not go through libpthread",
				path),
		      NULL);
	else if (file->rust)
		judge(program, PROGRAM_LIMITED,
		      xasprintf("'%s' is a Rust program: only locks of its C libraries are seen, "
				"because those of Rust's own library do not go through libpthread",
				path),
		      NULL);
	else if (file->java)
		judge(program, PROGRAM_LIMITED,
		      xasprintf("'%s' runs Java programs: only locks of the virtual machine and of "
				"C libraries are seen, because Java's own do not go through "
				"libpthread",
				path),
		      NULL);
	else if (interpreted)
		judge(program, PROGRAM_LIMITED,
		      xasprintf("'%s' runs %s programs: only locks of the interpreter and of C "
				"libraries are seen, because %s's own do not go through libpthread",
				path, interpreted, interpreted),
		      NULL);
}

static void inspect_file(struct program *program, const char *path, unsigned depth)
{
	char *interpreter;
	char *argument;
	struct elf_file file;
	enum elf_file_result result;

	if (!check_executable(program, path))
		return;
	if (depth < MAX_INTERPRETERS && read_script(path, &interpreter, &argument)) {
		inspect_script(program, path, interpreter, argument, depth);
		free(argument);
		return;
	}
	result = elf_file_read(&file, path);
	if (result == ELF_FILE_UNREADABLE) {
		judge(program, PROGRAM_LIMITED,
		      xasprintf("'%s' cannot be read, so nothing is known about it", path), NULL);
		return;
	}
	if (result == ELF_FILE_FOREIGN && !depth) /* execvp gives such a file to the shell */
		inspect_script(program, path, xstrdup(_PATH_BSHELL), "", depth);
	else if (result == ELF_FILE_FOREIGN)
		judge(program, PROGRAM_NOT_EXECUTABLE,
		      xasprintf("'%s' is neither a program nor a script", path), NULL);
	if (result != ELF_FILE_GOOD)
		return;
	if (check_elf(program, path, &file) && check_sanitizer(program, path, &file) &&
	    check_privileges(program, path))
		check_language(program, path, &file);
	elf_file_free(&file);
}

void program_inspect(struct program *program, const char *name)
{
	*program = (struct program){.verdict = PROGRAM_RECORDABLE};
	if (find(program, name))
		inspect_file(program, program->path, 0);
}

void program_free(struct program *program)
{
	free(program->path);
	free(program->why);
	free(program->instead);
}
