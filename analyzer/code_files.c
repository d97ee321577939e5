/* Owns the files that code is read from, by path and build-id. */
#include "code_files.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "intern.h"
#include "xalloc.h"

struct file {
	UT_hash_handle hh;
	char *key; /* path, newline, build-id */
	struct object_file object;
	void *made;
};

struct code_files {
	const struct model *model;
	void *(*make)(struct object_file *object);
	void (*free_made)(void *made);
	struct intern *pool;
	struct file *files;
};

struct code_files *code_files_new(const struct model *model,
				  void *(*make)(struct object_file *object),
				  void (*free_made)(void *made))
{
	struct code_files *files = xcalloc(1, sizeof(*files));

	files->model = model;
	files->make = make;
	files->free_made = free_made;
	files->pool = intern_new();
	return files;
}

void code_files_free(struct code_files *files)
{
	struct file *file, *next;

	if (!files)
		return;
	HASH_ITER (hh, files->files, file, next) {
		HASH_DEL(files->files, file);
		if (file->made)
			files->free_made(file->made);
		object_close(&file->object);
		free(file->key);
		free(file);
	}
	intern_free(files->pool);
	free(files);
}

void *code_files_of(struct code_files *files, const struct module *module)
{
	char *key = xasprintf("%s\n%s", module->path, module->build_id);
	struct file *file;

	HASH_FIND_STR(files->files, key, file);
	if (file) {
		free(key);
		return file->made;
	}
	file = xcalloc(1, sizeof(*file));
	file->key = key;
	object_open(&file->object, module->path, module->build_id,
		    files->model->processes[module->process].start_realtime_ns, files->pool);
	file->made = files->make(&file->object);
	HASH_ADD_KEYPTR(hh, files->files, key, strlen(key), file);
	return file->made;
}
