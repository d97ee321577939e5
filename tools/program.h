/*
 * A program that somebody wants to record: where it is, and whether the preload library can get
 * into it. One verdict for `doctor`, `run` and `record`.
 */
#ifndef GORDIAN_PROGRAM_H
#define GORDIAN_PROGRAM_H

enum program_verdict {
	PROGRAM_RECORDABLE,
	PROGRAM_LIMITED,	/* recordable, but `why` names what is not seen */
	PROGRAM_REFUSED,	/* LD_PRELOAD does not work with it */
	PROGRAM_NOT_FOUND,	/* exit code 127 */
	PROGRAM_NOT_EXECUTABLE, /* exit code 126 */
};

struct program {
	char *path; /* the file; NULL: not found */
	enum program_verdict verdict;
	char *why;     /* one sentence, without the full stop; NULL: nothing to say */
	char *instead; /* what to do instead; NULL: nothing */
};

/*
 * Finds `name` as execvp does (PATH, unless it has a slash) and looks into it; a script stands for
 * its interpreter.
 */
void program_inspect(struct program *program, const char *name);
void program_free(struct program *program);

#endif
