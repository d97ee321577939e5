/* Wraps pthread_create. */
#define FORERUN_LIBRARY
#include "forerun.h"
