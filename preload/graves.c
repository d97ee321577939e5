/* Owns the graves: a table without probing, by the hash of the address. */
#include "graves.h"

#include "families.h"
#include "lock_records.h"

enum { GRAVE_BITS = 12, GRAVES = 1 << GRAVE_BITS };

/* A thread, whose record may be another one's by now (twins.h). */
struct former {
	uint32_t ref, number;
};

static struct grave {
	uint64_t address; /* 0: empty */
	struct stack *created, *place;
	uint32_t ref; /* lock record; 0: not written */
	struct former created_by, by;
	uint16_t kind, flags, act;
	bool init_seen;
} graves[GRAVES];
bool graves_dug;

static struct former remember(uint32_t ref)
{
	const struct trace_thread *record = trace_at(ref);

	return (struct former){ref, record ? record->number : 0};
}

static uint32_t recall(const struct former *former)
{
	const struct trace_thread *record = trace_at(former->ref);

	return record && record->number == former->number ? former->ref : 0;
}

static struct grave *grave_of(uint64_t address)
{
	return &graves[address * LOCK_HASH_FACTOR >> (64 - GRAVE_BITS)];
}

bool graves_has(const void *address, uint16_t kind)
{
	const struct grave *grave = grave_of((uintptr_t)address);

	return grave->address == (uintptr_t)address && grave->kind == kind;
}

void graves_bury(struct thread *self, const void *address, uint16_t kind, uint16_t act,
		 struct stack *place)
{
	const struct lock *lock = locks_find(address);
	struct grave *grave = grave_of((uintptr_t)address);

	graves_dug = true;
	*grave = (struct grave){
		.address = (uintptr_t)address,
		.created = lock ? lock->created : place,
		/* What only orders leaves its record to the next (pool.h). */
		.ref = lock && !lock->ordering ? lock->ref : 0,
		.created_by = remember(lock ? lock->created_by : self->ref),
		.kind = lock ? lock->kind : kind,
		.flags = kind_flags(kind, address),
		.init_seen = lock && lock->init_seen,
		.act = act,
		.place = place,
		.by = remember(self->ref),
	};
	locks_destroy(address);
}

static uint32_t write_lock(const struct grave *grave)
{
	struct lock lock = {
		.address = grave->address,
		.created = grave->created,
		.created_by = recall(&grave->created_by),
		.kind = grave->kind,
		.init_seen = grave->init_seen,
	};

	return lock_record_write(&lock, grave->flags | TRACE_LOCK_DESTROYED);
}

bool graves_blame(const void *address, struct misuse *misuse)
{
	struct grave *grave = grave_of((uintptr_t)address);

	if (grave->address != (uintptr_t)address)
		return false;
	if (!grave->ref)
		grave->ref = write_lock(grave);
	misuse->lock_ref = grave->ref;
	misuse->other_thread = recall(&grave->by);
	misuse->other_place = grave->place;
	misuse->other_act = grave->act;
	return true;
}

void graves_clear(uint64_t start, uint64_t end)
{
	for (unsigned i = 0; graves_dug && i < GRAVES; i++) {
		if (graves[i].address >= start && graves[i].address < end)
			graves[i].address = 0;
	}
}

void graves_reset_refs(void)
{
	for (unsigned i = 0; graves_dug && i < GRAVES; i++) {
		graves[i].ref = 0;
		graves[i].created_by = graves[i].by = (struct former){0};
	}
}
