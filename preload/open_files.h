/*
 * Open files (POSIX: open file descriptions) that locks were taken through. flock and fcntl with
 * F_OFD_… lock for the open file: two of them exclude each other, even in one thread, and who has
 * got the same one, by dup or by fork, has got its locks (flock(2), fcntl(2)).
 *
 * Of an open file nothing can be asked but whether two descriptors are of the same one (kcmp(2)).
 * So one is known from the first lock that is taken through it on, by a descriptor, and another
 * descriptor of the same file is compared with it. When its descriptor is closed, a duplicate that
 * was seen to be made takes its place; without one the open file has ended for this process. Not
 * known stays what nothing can be compared with, because a seccomp filter forbids that, and what
 * comes after MOST_OF_FILE others of the same file.
 *
 * Its number is the same in the children of forks that have it, if it was known before the fork.
 *
 * All under the recorder's lock, unless said otherwise, and for open_files_duplicate.
 */
#ifndef GORDIAN_OPEN_FILES_H
#define GORDIAN_OPEN_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct thread;

struct open_file {
	uint64_t device, inode;
	uint64_t number; /* not 0; no other open file of this run has it */
	int fd;		 /* -1: ended */
	int pid;	 /* of the process that gave it its number */
	uint32_t user;	 /* thread record: who locked it first; 0: not of this process */
	struct open_file *next, *next_living;
};

/* How many have not ended; may be read without the lock. */
extern uint32_t open_files_known;

/* The open file behind a descriptor of that file, as far as it was met before: else NULL. False: it
 * cannot be told. */
bool open_files_look(int fd, const struct stat *file, struct open_file **found);
/* The same, and it is met now. NULL: not known. */
struct open_file *open_files_find(const struct thread *self, int fd, const struct stat *file);
/* Whether open_files_close would do anything; may be asked without the lock. */
bool open_files_maybe(unsigned first, unsigned last);
/* Descriptors first … last are about to be closed. */
void open_files_close(unsigned first, unsigned last);
/* Two descriptors are of the same open file. */
void open_files_duplicate(int one, int other);
/* This is the child of a fork now: the threads are no more. */
void open_files_forked(void);

#endif
