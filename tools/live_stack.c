#include "live_stack.h"
#include "frame_pointer.h"
#include "xalloc.h"
#include <elfutils/libdwfl.h>
#include <string.h>
#include <sys/uio.h>

/* Numbers of DWARF, in the ABI of each machine. */
#if defined(__x86_64__)
#define STACK_POINTER 7
#define FRAME_POINTER 6
#elif defined(__aarch64__)
#define STACK_POINTER 31
#endif

/* The last frame that was found, and what is known of its registers. */
struct place {
	Dwfl_Module *module;
	uint64_t counter; /* in the call that it makes; in the innermost one, behind it */
	uint64_t stack_pointer, frame_pointer;
	bool frame_known;
};

struct walk {
	pid_t pid;
	int tid;
	struct place place;
	uint64_t *pcs;
	size_t count, room;
	bool again; /* the first frame is there already */
};

/* There is one thread, as far as the library is to know. */
static pid_t next_thread(Dwfl *dwfl, void *argument, void **thread)
{
	struct walk *walk = argument;

	(void)dwfl;
	if (*thread)
		return 0;
	*thread = walk;
	return walk->tid;
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *argument, void **thread)
{
	(void)dwfl;
	(void)tid;
	*thread = argument;
	return true;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *result, void *argument)
{
	const struct walk *walk = argument;
	struct iovec to = {result, sizeof(*result)};
	struct iovec from = {(void *)(uintptr_t)address, sizeof(*result)};

	(void)dwfl;
	return process_vm_readv(walk->pid, &to, 1, &from, 1, 0) == sizeof(*result);
}

static bool set_registers(Dwfl_Thread *thread, void *argument)
{
#ifdef STACK_POINTER
	const struct place *place = &((const struct walk *)argument)->place;
	Dwarf_Word stack_pointer = place->stack_pointer;

	dwfl_thread_state_register_pc(thread, place->counter);
#ifdef FRAME_POINTER
	Dwarf_Word frame_pointer = place->frame_pointer;

	if (place->frame_known &&
	    !dwfl_thread_state_registers(thread, FRAME_POINTER, 1, &frame_pointer))
		return false;
#endif
	return dwfl_thread_state_registers(thread, STACK_POINTER, 1, &stack_pointer);
#else
	(void)thread;
	(void)argument;
	return false;
#endif
}

/* Where the walk can go on from, if it ends here. */
static void note_place(struct walk *walk, Dwfl_Frame *frame, uint64_t counter)
{
#ifdef FRAME_POINTER
	Dwfl *dwfl = dwfl_thread_dwfl(dwfl_frame_thread(frame));
	Dwarf_Word unused, stack_pointer;

	walk->place = (struct place){.counter = counter};
	if (!dwfl_frame_reg(frame, STACK_POINTER, &stack_pointer)) {
		walk->place.stack_pointer = stack_pointer;
		walk->place.module = dwfl_addrmodule(dwfl, counter);
	}
	walk->place.frame_known = !dwfl_frame_reg(frame, FRAME_POINTER, &unused);
#else
	(void)walk, (void)frame, (void)counter;
#endif
}

static int take_frame(Dwfl_Frame *frame, void *argument)
{
	struct walk *walk = argument;
	Dwarf_Addr pc;
	bool active;

	if (walk->again) {
		walk->again = false;
		return DWARF_CB_OK;
	}
	if (walk->count == walk->room || !dwfl_frame_pc(frame, &pc, &active) || !pc)
		return DWARF_CB_ABORT;
	walk->pcs[walk->count++] = pc;
	note_place(walk, frame, active ? pc : pc - 1);
	return DWARF_CB_OK;
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

/* What unwinding needs is in the object files themselves. */
static int no_debug_info(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
			 const char *file, const char *link, GElf_Word crc, char **found)
{
	(void)module, (void)data, (void)name, (void)base;
	(void)file, (void)link, (void)crc, (void)found;
	return -1;
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_linux_proc_find_elf,
	.find_debuginfo = no_debug_info,
};

/* Whether the walk ended for want of the frame pointer, which could be found. */
static bool find_frame(struct walk *walk, Dwfl *dwfl)
{
	const struct object_file object = {.dwfl = dwfl, .module = walk->place.module};
	struct object_code *code;
	GElf_Addr bias;
	uint64_t distance;
	bool found;

	if (walk->place.frame_known || !object.module || walk->count == walk->room ||
	    !dwfl_module_getelf(object.module, &bias))
		return false;
	code = object_code_new(&object);
	found = code && frame_pointer_find(code, walk->place.counter - bias, &distance);
	object_code_free(code);
	if (found) {
		walk->place.frame_pointer = walk->place.stack_pointer + distance;
		walk->place.frame_known = true;
		walk->again = true;
	}
	return found;
}

/* Return addresses, innermost first: as many as there is room for, and as can be found. */
static size_t read_stack(pid_t pid, const struct live_thread *thread, uint64_t *pcs, size_t room)
{
	struct walk walk = {
		.pid = pid,
		.tid = thread->tid,
		.place = {.counter = thread->counter, .stack_pointer = thread->stack_pointer},
		.pcs = pcs,
		.room = room,
	};
	Dwfl *dwfl = dwfl_begin(&callbacks);

	if (!dwfl || !room)
		return 0;
	if (!dwfl_linux_proc_report(dwfl, pid) && !dwfl_report_end(dwfl, NULL, NULL) &&
	    dwfl_attach_state(dwfl, NULL, pid, &thread_callbacks, &walk))
		do {
			dwfl_getthread_frames(dwfl, thread->tid, take_frame, &walk);
		} while (find_frame(&walk, dwfl));
	dwfl_end(dwfl);
	if (!walk.count && thread->counter)
		pcs[walk.count++] = thread->counter;
	return walk.count;
}

/* The newest module map of the process. */
static uint32_t last_generation(const struct model *model, uint32_t process)
{
	uint32_t last = 0;

	for (size_t i = 0; i < model->module_count; i++) {
		const struct module *module = &model->modules[i];

		if (module->process == process && module->loaded > last)
			last = module->loaded;
		if (module->process == process && module->unloaded != UINT32_MAX &&
		    module->unloaded > last)
			last = module->unloaded;
	}
	return last;
}

uint32_t live_stack_add(struct model *model, uint32_t process, pid_t pid,
			const struct live_thread *live)
{
	uint64_t pcs[TRACE_MAX_FRAMES];
	size_t count = read_stack(pid, live, pcs, TRACE_MAX_FRAMES);

	if (!count)
		return NO_INDEX;
	model->stacks =
		xreallocarray(model->stacks, model->stack_count + 1, sizeof(*model->stacks));
	model->stacks[model->stack_count] = (struct stack){
		.process = process,
		.generation = last_generation(model, process),
		.count = (uint16_t)count,
		.first_pc = model->pc_count,
		.calls = NO_INDEX,
	};
	model->pcs = xreallocarray(model->pcs, model->pc_count + count, sizeof(*model->pcs));
	for (size_t i = 0; i < count; i++)
		model->pcs[model->pc_count++] = pcs[i];
	return (uint32_t)model->stack_count++;
}

struct held *live_held(struct model *model, uint32_t index)
{
	struct thread *thread = &model->threads[index];

	if (thread->held == NO_INDEX) {
		model->helds =
			xreallocarray(model->helds, model->held_count + 1, sizeof(*model->helds));
		model->helds[model->held_count] = (struct held){
			.thread = index,
			.nodes = xcalloc(1, sizeof(uint32_t)),
			.want_mutex_lock = NO_INDEX,
		};
		thread->held = (uint32_t)model->held_count++;
	}
	model->helds[thread->held].last_open = false;
	model->helds[thread->held].unpublished = true;
	return &model->helds[thread->held];
}
