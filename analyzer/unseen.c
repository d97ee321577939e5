/* Asks each file once, and each process once. */
#include "unseen.h"
#include "intern.h"
#include "object_waits.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct answer {
	UT_hash_handle hh;
	char *key; /* path, newline, build-id */
	enum object_waits waits;
};

struct unseen {
	const struct model *model;
	struct intern *pool;
	struct answer *answers;
	struct unseen_module *processes;
	bool *asked;
};

struct unseen *unseen_new(const struct model *model)
{
	struct unseen *unseen = xcalloc(1, sizeof(*unseen));
	unseen->model = model;
	unseen->pool = intern_new();
	unseen->processes = xcalloc(model->process_count, sizeof(*unseen->processes));
	unseen->asked = xcalloc(model->process_count, sizeof(*unseen->asked));
	return unseen;
}

void unseen_free(struct unseen *unseen)
{
	struct answer *answer, *next;
	if (!unseen)
		return;
	HASH_ITER (hh, unseen->answers, answer, next) {
		HASH_DEL(unseen->answers, answer);
		free(answer->key);
		free(answer);
	}
	intern_free(unseen->pool);
	free(unseen->processes);
	free(unseen->asked);
	free(unseen);
}

static enum object_waits look(struct unseen *unseen, const struct module *module)
{
	const struct process *process = &unseen->model->processes[module->process];
	struct object_file object;
	object_open(&object, module->path, module->build_id, process->start_realtime_ns,
		    unseen->pool);
	enum object_waits waits = object_waits(&object);
	object_close(&object);
	return waits;
}

/* Whether the module waits; what is no file ("linux-vdso.so.1") has no code that could. */
static enum object_waits ask(struct unseen *unseen, const struct module *module)
{
	struct answer *answer;
	if (!strchr(module->path, '/') || object_waits_known(module->path))
		return OBJECT_WAITS_NOT;
	char *key = xasprintf("%s\n%s", module->path, module->build_id);
	HASH_FIND_STR(unseen->answers, key, answer);
	if (answer) {
		free(key);
		return answer->waits;
	}
	answer = xcalloc(1, sizeof(*answer));
	answer->key = key;
	answer->waits = look(unseen, module);
	HASH_ADD_KEYPTR(hh, unseen->answers, key, strlen(key), answer);
	return answer->waits;
}

struct unseen_module unseen_in(struct unseen *unseen, uint32_t process)
{
	struct unseen_module *found = &unseen->processes[process];
	if (unseen->asked[process])
		return *found;
	unseen->asked[process] = true;
	*found = UNSEEN_NONE;
	for (uint32_t i = 0; i < unseen->model->module_count; i++) {
		const struct module *module = &unseen->model->modules[i];
		enum object_waits waits =
			module->process == process ? ask(unseen, module) : OBJECT_WAITS_NOT;
		if (waits == OBJECT_WAITS)
			return *found = (struct unseen_module){.module = i};
		if (waits == OBJECT_WAITS_UNKNOWN && found->module == NO_INDEX)
			*found = (struct unseen_module){.module = i, .gone = true};
	}
	return *found;
}

char *unseen_text(const struct model *model, struct unseen_module unseen)
{
	if (unseen.module == NO_INDEX)
		return xstrdup("");
	const char *path = model->modules[unseen.module].path, *slash = strrchr(path, '/');
	return xasprintf(unseen.gone ? "; but there is no telling whether %s keeps them apart by "
				       "futexes of its own, as its file is gone or is another one"
				     : "; but %s has waits in futexes of its own, which are not "
				       "understood and may be what keeps them apart",
			 slash ? slash + 1 : path);
}
