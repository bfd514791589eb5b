#include "CKernels.h"

#ifdef __GLIBC__
#include <malloc.h>

void ck_return_large_blocks(int bytes) { mallopt(M_MMAP_THRESHOLD, bytes); }
#else
void ck_return_large_blocks(int bytes) { (void)bytes; }
#endif
