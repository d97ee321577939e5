/* Owns the answer whether any module of the program imports pthread_cancel. */
#include "cancel.h"

#include "real.h"
#include "recorder.h"

#include <pthread.h>
#include <string.h>

static bool imported;

/* What a module's dynamic section says, and where its relocations lie. */
struct dynamic {
	const ElfW(Sym) * symbols;
	const char *strings;
	uintptr_t tables[3]; /* DT_JMPREL, DT_RELA, DT_REL */
	size_t sizes[3];     /* bytes */
	size_t entries[3];   /* bytes of an entry */
};

/* The loader has made most of these addresses, but not everywhere, and not those of the vDSO. */
static uintptr_t address_in(uintptr_t bias, uintptr_t value)
{
	return value < bias ? bias + value : value;
}

static const ElfW(Dyn) * dynamic_of(const struct dl_phdr_info *info)
{
	for (unsigned i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_DYNAMIC)
			return (const void *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
	return NULL;
}

static void dynamic_note(struct dynamic *dynamic, const ElfW(Dyn) * entry, uintptr_t address)
{
	switch (entry->d_tag) {
	case DT_SYMTAB:
		dynamic->symbols = (const void *)address;
		break;
	case DT_STRTAB:
		dynamic->strings = (const void *)address;
		break;
	case DT_JMPREL:
		dynamic->tables[0] = address;
		break;
	case DT_PLTRELSZ:
		dynamic->sizes[0] = entry->d_un.d_val;
		break;
	case DT_PLTREL:
		dynamic->entries[0] =
			entry->d_un.d_val == DT_RELA ? sizeof(ElfW(Rela)) : sizeof(ElfW(Rel));
		break;
	case DT_RELA:
		dynamic->tables[1] = address;
		break;
	case DT_RELASZ:
		dynamic->sizes[1] = entry->d_un.d_val;
		break;
	case DT_REL:
		dynamic->tables[2] = address;
		break;
	case DT_RELSZ:
		dynamic->sizes[2] = entry->d_un.d_val;
		break;
	default:
		break;
	}
}

static bool names_cancel(const struct dynamic *dynamic, uintptr_t relocation)
{
	/* Both kinds of relocation begin alike. */
	const ElfW(Rel) *entry = (const void *)relocation;
#if __SIZEOF_POINTER__ == 8
	size_t number = ELF64_R_SYM(entry->r_info);
#else
	size_t number = ELF32_R_SYM(entry->r_info);
#endif
	const ElfW(Sym) *symbol = &dynamic->symbols[number];

	return number && symbol->st_shndx == SHN_UNDEF &&
	       !strcmp(dynamic->strings + symbol->st_name, "pthread_cancel");
}

/* Nothing says how many symbols there are; but what is imported is relocated. */
static bool imports_cancel(const struct dynamic *dynamic)
{
	if (!dynamic->symbols || !dynamic->strings)
		return false;
	for (unsigned i = 0; i < 3; i++) {
		for (size_t at = 0; dynamic->tables[i] && at < dynamic->sizes[i];
		     at += dynamic->entries[i])
			if (names_cancel(dynamic, dynamic->tables[i] + at))
				return true;
	}
	return false;
}

void cancel_look(const ElfW(Dyn) * section, uintptr_t bias)
{
	struct dynamic dynamic = {
		.entries = {sizeof(ElfW(Rela)), sizeof(ElfW(Rela)), sizeof(ElfW(Rel))},
	};

	if (!section || __atomic_load_n(&imported, __ATOMIC_RELAXED))
		return;
	for (const ElfW(Dyn) *entry = section; entry->d_tag != DT_NULL; entry++)
		dynamic_note(&dynamic, entry, address_in(bias, entry->d_un.d_ptr));
	if (imports_cancel(&dynamic))
		__atomic_store_n(&imported, true, __ATOMIC_RELAXED);
}

static int look(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	(void)context;
	cancel_look(dynamic_of(info), info->dlpi_addr);
	return 0;
}

void cancel_init(void)
{
	__typeof__(dl_iterate_phdr) *iterate =
		(__typeof__(iterate))real_lookup("dl_iterate_phdr", NULL);

	if (iterate)
		iterate(look, NULL);
}

static bool is_enabled(void)
{
	int state = PTHREAD_CANCEL_ENABLE;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	pthread_setcancelstate(state, NULL);
	return state == PTHREAD_CANCEL_ENABLE;
}

void cancel_note(struct thread *self)
{
	struct trace_thread *record;
	struct slow slow;

	if (likely(!__atomic_load_n(&imported, __ATOMIC_RELAXED)) || self->busy)
		return;
	record = trace_at(self->ref);
	if (record->state & TRACE_THREAD_CANCELLABLE || !is_enabled())
		return;
	slow_begin(&slow, self);
	record->state |= TRACE_THREAD_CANCELLABLE;
	slow_end(&slow);
}
