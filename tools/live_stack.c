#include "live_stack.h"
#include "xalloc.h"
#include <elfutils/libdwfl.h>
#include <string.h>
#include <sys/uio.h>

/* Numbers of DWARF, in the ABI of each machine. */
#if defined(__x86_64__)
#define STACK_POINTER 7
#elif defined(__aarch64__)
#define STACK_POINTER 31
#endif

struct walk {
	pid_t pid;
	const struct live_thread *thread;
	uint64_t *pcs;
	size_t count, room;
};

/* There is one thread, as far as the library is to know. */
static pid_t next_thread(Dwfl *dwfl, void *argument, void **thread)
{
	struct walk *walk = argument;

	(void)dwfl;
	if (*thread)
		return 0;
	*thread = walk;
	return walk->thread->tid;
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
	const struct walk *walk = argument;
	Dwarf_Word stack_pointer = walk->thread->stack_pointer;

	dwfl_thread_state_register_pc(thread, walk->thread->counter);
	return dwfl_thread_state_registers(thread, STACK_POINTER, 1, &stack_pointer);
#else
	(void)thread;
	(void)argument;
	return false;
#endif
}

static int take_frame(Dwfl_Frame *frame, void *argument)
{
	struct walk *walk = argument;
	Dwarf_Addr pc;

	if (walk->count == walk->room || !dwfl_frame_pc(frame, &pc, NULL) || !pc)
		return DWARF_CB_ABORT;
	walk->pcs[walk->count++] = pc;
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

size_t live_stack_read(pid_t pid, const struct live_thread *thread, uint64_t *pcs, size_t room)
{
	struct walk walk = {pid, thread, pcs, 0, room};
	Dwfl *dwfl = dwfl_begin(&callbacks);

	if (!dwfl || !room)
		return 0;
	if (!dwfl_linux_proc_report(dwfl, pid) && !dwfl_report_end(dwfl, NULL, NULL) &&
	    dwfl_attach_state(dwfl, NULL, pid, &thread_callbacks, &walk))
		dwfl_getthread_frames(dwfl, thread->tid, take_frame, &walk);
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
	size_t count = live_stack_read(pid, live, pcs, TRACE_MAX_FRAMES);

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
