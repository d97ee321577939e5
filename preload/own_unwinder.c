/* Owns where the recorder's libunwind is loaded from. */
#include "own_unwinder.h"

#include "system.h"
#include "text.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static const char name[] = "libunwind.so.8";
enum { MODE = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE, LARGEST = 64 << 20 };

struct image {
	char *bytes;
	size_t size;
};

static bool is_inside(const struct image *image, uint64_t offset, uint64_t size)
{
	return offset <= image->size && size <= image->size - offset;
}

/*
 * The copy is to find its own functions and data before those of the program's libunwind, and is
 * not to be found by that name: instead of a name it has the mark that says so.
 */
static bool change_dynamic(const struct image *image, const ElfW(Phdr) * header)
{
	ElfW(Dyn) *entry = (ElfW(Dyn) *)(image->bytes + header->p_offset);

	if (!is_inside(image, header->p_offset, header->p_filesz))
		return false;
	for (size_t i = 0; i < header->p_filesz / sizeof(*entry) && entry->d_tag; i++, entry++) {
		if (entry->d_tag == DT_SONAME) {
			*entry = (ElfW(Dyn)){.d_tag = DT_SYMBOLIC};
			return true;
		}
	}
	return false;
}

static bool change(const struct image *image)
{
	const ElfW(Ehdr) *file = (const ElfW(Ehdr) *)image->bytes;
	const ElfW(Phdr) * headers;

	if (!is_inside(image, 0, sizeof(*file)) || memcmp(file->e_ident, ELFMAG, SELFMAG) != 0 ||
	    file->e_phentsize != sizeof(*headers) ||
	    !is_inside(image, file->e_phoff, file->e_phnum * sizeof(*headers)))
		return false;
	headers = (const ElfW(Phdr) *)(image->bytes + file->e_phoff);
	for (unsigned i = 0; i < file->e_phnum; i++) {
		if (headers[i].p_type == PT_DYNAMIC)
			return change_dynamic(image, &headers[i]);
	}
	return false;
}

/* Its size is known to be that. */
static bool read_all(int fd, const struct image *image)
{
	size_t done = 0;
	long got;

	while (done < image->size) {
		got = sys_read(fd, image->bytes + done, image->size - done);
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

static bool read_image(const char *path, struct image *image)
{
	int fd = sys_open(path, O_RDONLY | O_CLOEXEC, 0);
	struct stat file;
	bool done = false;

	if (fd < 0)
		return false;
	if (!sys_fstat(fd, &file) && file.st_size > 0 && file.st_size < LARGEST) {
		image->size = (size_t)file.st_size;
		image->bytes = sys_mmap(image->size, -1);
		done = image->bytes && read_all(fd, image);
	}
	sys_close(fd);
	return done;
}

static void *load_image(const struct image *image)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	void *library = NULL;
	char path[64];

	if (fd < 0)
		return NULL;
	text_append_number(stpcpy(path, "/proc/self/fd/"), (uint64_t)fd);
	if (sys_write(fd, image->bytes, image->size) == (long)image->size)
		library = dlopen(path, MODE);
	sys_close(fd);
	return library;
}

static void *load_copy(const char *path)
{
	struct image image = {0};
	void *library = NULL;

	if (read_image(path, &image) && change(&image))
		library = load_image(&image);
	sys_munmap(image.bytes, image.size);
	return library;
}

void *own_unwinder_load(void)
{
	/* Not closed: a library that the program was linked with stays. */
	void *theirs = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
	const struct link_map *map;

	if (!theirs)
		return dlopen(name, MODE);
	return dlinfo(theirs, RTLD_DI_LINKMAP, &map) ? NULL : load_copy(map->l_name);
}
