#include "llvm_openmp_runtime.h"
