/*
 * The module map: which object file was mapped where, in which generation. It is kept without the
 * loader's locks, by asking _dl_find_object (glibc 2.35, lock-free) about every address that turns
 * up: a thread that runs a dl_iterate_phdr callback holds a loader lock and may take a mutex there,
 * so the recorder, which may be waited for by it, must never wait for that lock.
 *
 * A generation ends when a module is found to be gone. Under the recorder's lock unless said
 * otherwise.
 */
#ifndef GORDIAN_MODULES_H
#define GORDIAN_MODULES_H

#include <link.h>
#include <stdbool.h>
#include <stdint.h>

/* What one answer of _dl_find_object covers: a library, or a program up to a hole in it. */
struct module {
	uint64_t start, end;
	struct link_map *map;
	char *path;
	size_t path_size;
	uint32_t ref; /* module record */
	uint32_t loaded;
	bool gone;
	uint64_t walk;		  /* the last in which it was still there */
	struct dl_phdr_info info; /* for the unwinder */
	struct module *next;
};

/* Looks up what is needed. Any time. */
void modules_init(void);

/* The program's file; "": not known. */
const char *modules_program(void);

/*
 * Records all that is there, before the program runs: also what no recorded call comes from may
 * make an order between threads, and the analysis looks for that in the files. Of what is loaded
 * later, only modules that addresses turn up of are recorded.
 */
void modules_note_first(void);
/* Makes sure that the module at that address is recorded. False: there is none. */
bool modules_note(const void *address);
/* The same for the frames of one walk: none of their modules goes away while it lasts, and is
 * looked for once. */
bool modules_note_first_of_walk(const void *address);
bool modules_note_of_walk(const void *address);
/* Whether that address is in the code of the module that was noted last. */
bool modules_noted_code(const void *address);
/* That module; NULL: none was. */
const struct module *modules_noted(void);
/* The path of the recorded module at that address; NULL: there is none. */
const char *modules_path(const void *address);
/* The generation addresses belong to now. */
uint32_t modules_generation(void);

/*
 * After a dlclose: marks what is gone and calls gone(start, end) for it. True: something was.
 */
bool modules_sweep(void (*gone)(uint64_t start, uint64_t end));

/*
 * dl_iterate_phdr for the unwinder, over the module of the address that was noted last: any other
 * may be gone, as a library that is loaded with RTLD_DEEPBIND calls the C library's own dlclose.
 */
int modules_iterate(int (*callback)(struct dl_phdr_info *info, size_t size, void *context),
		    void *context);

/* A new trace: write every module again. */
void modules_reset_refs(void);

#endif
