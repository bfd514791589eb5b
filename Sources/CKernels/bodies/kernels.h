// All kernels of one instruction set, as one table. Included once for each set, between a target pragma and its end.
#pragma clang fp contract(fast)
// Vectors are passed between inlined functions only, so the warning about their calling convention does not apply.
#pragma clang diagnostic ignored "-Wpsabi"

#include "vectors.h"
#include "gemm.h"
#include "norm.h"
#include "swiglu.h"
#include "softmax.h"
#include "attention.h"
#include "vector.h"

const ck_table TABLE = {
    kernel_pack,     kernel_gemm,    kernel_rmsnorm,  kernel_rmsnorm_backward, kernel_norm_rotate, kernel_norm_rotate_backward,
    kernel_swiglu,   kernel_swiglu_backward, kernel_attend, kernel_attend_cached, kernel_store_keys,
    kernel_attend_backward, kernel_attend_scratch, kernel_attend_backward_scratch, kernel_logsumexp,
    kernel_softmax,  kernel_selected_logprobs, kernel_selected_logprobs_backward, kernel_argmax, kernel_draw, kernel_add,
    kernel_scale,    kernel_sum_of_squares, kernel_exp, kernel_all_finite, kernel_adamw,
};
