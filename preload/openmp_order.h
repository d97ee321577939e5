/*
 * What orders threads of OpenMP that outlive a parallel region and are used again for the next.
 *
 * All that a region's creator did comes before all that the region's threads do in it, and that
 * before what the creator does afterwards. All regions of one creator have the same places for
 * this that are inside equally many others of its own: they follow one another. One that is inside
 * of another does not, as others may be at the outer one's end, or at a barrier of it, by then.
 *
 * A barrier has two places, for every other round: a thread that comes to the one after the next
 * knows that all have left this one. So leaving it comes after all that came to the same place, be
 * it in this round or in an earlier one. A cancellation can let threads go before all have come:
 * from the first one on, none orders anything.
 */
#ifndef GORDIAN_OPENMP_ORDER_H
#define GORDIAN_OPENMP_ORDER_H

#include "acquire.h"

/* The number by which regions go that this thread creates where it is now; 0: they cannot be told
 * apart from others. */
uint32_t omp_creator(struct thread *self);

/* In the creator, before its region begins, and when it is over. */
void omp_region_begins(struct thread *self, uint32_t creator, const void *site, const void *frame);
void omp_region_ended(struct thread *self, uint32_t creator, const void *site, const void *frame);
/* In each of its threads; nothing to be said of the creator itself. */
void omp_thread_begins(struct thread *self, uint32_t creator, const void *site, const void *frame);
void omp_thread_ends(struct thread *self, uint32_t creator, const void *site, const void *frame);

/* round: how many barriers of the region the thread has left, in each the same. */
void omp_barrier_arrives(struct thread *self, uint32_t creator, uint64_t round, const void *site,
			 const void *frame);
void omp_barrier_leaves(struct thread *self, uint32_t creator, uint64_t round, const void *site,
			const void *frame);

/* In each thread of the region, when it leaves a shared loop and does not wait for the others. */
void omp_loop_left(struct thread *self);

/*
 * What stands for the ordered regions of the shared loop that the thread is in; NULL: it is not
 * known which loop that is.
 *
 * They are a lock: one thread is in them at a time, and who comes waits (OpenMP 5.1, 2.19.9). Other
 * loops have others. All threads of a region come to the same shared loops one after the other, so
 * how many of them a thread has left tells which one it is in, from a barrier on, where all
 * have left those before. After more than a few without a barrier it is not known. Two regions of
 * one creator are not at the same time.
 *
 * That they are entered in the order of the iterations is not made use of: which iterations a
 * thread has done before may be chance, and so may be what it did before it came.
 */
const void *omp_ordered(const struct thread *self);

/* Whether no region that is not seen is inside of the one that is known; of GCC's runtime. */
bool omp_is_innermost(const struct thread *self);

/* Before the cancellation. */
void omp_cancelled(void);

#endif
