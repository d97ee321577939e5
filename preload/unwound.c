/* The personality of frames that wait. */
#include "unwound.h"

#include <unwind.h>

__attribute__((used, visibility("hidden"))) _Unwind_Reason_Code
frame_unwound(int version, _Unwind_Action actions, _Unwind_Exception_Class class,
	      struct _Unwind_Exception *exception, struct _Unwind_Context *context);

_Unwind_Reason_Code frame_unwound(int version, _Unwind_Action actions,
				  _Unwind_Exception_Class class,
				  struct _Unwind_Exception *exception,
				  struct _Unwind_Context *context)
{
	struct thread *self = current_thread;

	(void)version, (void)class, (void)exception, (void)context;
	if (self && self->unwound && actions & _UA_CLEANUP_PHASE)
		unwound_end(self->unwound);
	return _URC_CONTINUE_UNWIND;
}
