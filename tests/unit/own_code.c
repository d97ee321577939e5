/* Owns the copy, and the pool for its strings. */
#include "own_code.h"
#include "xalloc.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The program's base address, as the linker tells. */
extern const char __ehdr_start[];

static struct intern *pool;
static unsigned char *program;
static size_t program_size;
static char copy_path[] = "/tmp/gordian-test-code-XXXXXX";

void own_code_setup(void)
{
	struct stat status;
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fstat(fd, &status), 0);
	program_size = (size_t)status.st_size;
	program = xmalloc(program_size);
	ck_assert_int_eq(read(fd, program, program_size), status.st_size);
	close(fd);
	fd = mkstemp(copy_path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	pool = intern_new();
}

void own_code_teardown(void)
{
	unlink(copy_path);
	intern_free(pool);
	free(program);
}

const unsigned char *own_code_bytes(void)
{
	return program;
}

size_t own_code_size(void)
{
	return program_size;
}

uint64_t own_code_address(uintptr_t address)
{
	return (uint64_t)address - (uint64_t)(uintptr_t)__ehdr_start;
}

void own_code_write(const unsigned char *bytes, size_t size)
{
	int fd = open(copy_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
	close(fd);
}

void own_code_damage(size_t from, size_t size, unsigned changes, unsigned *seed)
{
	unsigned char *bytes = xmalloc(program_size);
	memcpy(bytes, program, program_size);
	for (unsigned i = 0; i < changes; i++)
		bytes[from + (size_t)rand_r(seed) % size] = (unsigned char)rand_r(seed);
	own_code_write(bytes, program_size);
	free(bytes);
}

void own_code_open_file(struct object_file *object, const char *path)
{
	object_open(object, path, "", UINT64_MAX, pool);
}

void own_code_open(struct object_file *object)
{
	own_code_open_file(object, copy_path);
}
