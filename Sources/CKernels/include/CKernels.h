#ifndef HOLDFAST_CKERNELS_H
#define HOLDFAST_CKERNELS_H

/// The instruction set that the kernels use on this machine: "avx512", "avx2" or "baseline".
const char *holdfast_kernel_level(void);

#endif
