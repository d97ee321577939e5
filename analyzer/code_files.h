/*
 * The files that modules were mapped from, each opened once, and what is made of it: the same file
 * is a module of every process that has it.
 */
#ifndef GORDIAN_CODE_FILES_H
#define GORDIAN_CODE_FILES_H

#include "model.h"
#include "object_file.h"

struct code_files;

/* make: what is kept of a file, which stays open; may answer NULL. free_made: never given NULL. */
struct code_files *code_files_new(const struct model *model,
				  void *(*make)(struct object_file *object),
				  void (*free_made)(void *made));
/* NULL is fine. */
void code_files_free(struct code_files *files);

/* What was made of the module's file. */
void *code_files_of(struct code_files *files, const struct module *module);

#endif
