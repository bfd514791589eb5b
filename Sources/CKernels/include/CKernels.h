// Fused loops of the engine, in plain C with run-time dispatch on x86-64 (AVX-512, AVX2, baseline). All arrays are
// contiguous fp32 unless a stride is named; sizes are element counts. No function allocates or keeps state.
//
// Every output row depends on its own input row alone and is reduced in a fixed order: a result does not change with the
// number of rows it is computed together with.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: Matrix product

// Columns in one panel of a packed matrix.
#define CK_PANEL 32

// Floats that a packed K×N matrix takes.
long ck_packed_size(long K, long N);

// Packs B for ck_gemm. transposed = 0: B is [K, N] with row stride ldb; 1: B is [N, K] with row stride ldb.
void ck_pack(const float *B, long ldb, long K, long N, int transposed, float *packed);

// C[M, N] = A · B, plus `addend` [M, N] with C's row stride where it is not null; the addend may be C itself.
// transposed = 0: A is [M, K] with row stride lda; 1: A is [K, M].
void ck_gemm(long M, long N, long K, const float *A, long lda, int transposed, const float *packed, float *C, long ldc,
             const float *addend);

// 1 where ck_gemm has a vector kernel for this machine; 0 where a BLAS library is the better choice.
int ck_gemm_is_fast(void);

// "avx512", "avx2" or "baseline".
const char *ck_instruction_set(void);

// For tests: switches to another set that this machine has (a string literal); 0 where it has not. Not for concurrent use.
int ck_use_instruction_set(const char *name);

// MARK: Normalisation, rotation, gating

// y[r] = x[r] / rms(x[r]) · gain; inverse_rms[r] is kept for the backward pass.
void ck_rmsnorm(long rows, long width, const float *x, const float *gain, float epsilon, float *y, float *inverse_rms);

// dx += dL/dx, dgain += dL/dgain.
void ck_rmsnorm_backward(long rows, long width, const float *x, const float *gain, const float *inverse_rms, const float *dy,
                         float *dx, float *dgain);

// Per head: RMS norm with gain, then rotation by position (the two halves of a head form the pairs). `x` and `y` point at
// the first head of row 0; rows are x_stride and y_stride apart. cosines, sines: [positions, width/2].
void ck_norm_rotate(long rows, long heads, long width, const float *x, long x_stride, const float *gain, float epsilon,
                    const int32_t *positions, const float *cosines, const float *sines, float *y, long y_stride,
                    float *inverse_rms);

// dx += and dgain +=. inverse_rms: [rows, heads] from the forward pass.
void ck_norm_rotate_backward(long rows, long heads, long width, const float *x, long x_stride, const float *gain,
                             const int32_t *positions, const float *cosines, const float *sines, const float *inverse_rms,
                             const float *dy, long dy_stride, float *dx, long dx_stride, float *dgain);

// y[r] = silu(gate[r]) · up[r]; each row of x holds the gates, then the ups.
void ck_swiglu(long rows, long width, const float *x, float *y);

// dx = dL/dx, or += where accumulate is set.
void ck_swiglu_backward(long rows, long width, const float *x, const float *dy, float *dx, int accumulate);

// MARK: Attention

// Keys of one key head lie in panels of 32 positions, [positions/32][width][32]; values as rows, value_stride apart.

// Floats of scratch that attention over so many positions needs.
long ck_attend_scratch(long positions);

// Query row r (at query + r · query_stride, output alike) attends over the first n + r · step positions. logsumexps: [rows] of
// the scaled scores, or null.
void ck_attend(long rows, long step, long n, long width, const float *query, long query_stride, const float *keys, const float *values,
               long value_stride, float scale, float *output, long output_stride, float *logsumexps, float *scratch);

// One new position for each row: its key and value [heads · width] join the cache at `positions[r]`, then its query heads
// [heads · group · width] attend over it and all before. Row r's keys and values start at bases[r], each head capacity · width
// floats, capacity a multiple of 32; values lie as [heads][capacity][width].
void ck_attend_cached(long rows, long heads, long group, long width, const float *query, const float *key, const float *value,
                      long value_stride, float *keys, float *values, const long *bases, long capacity, const int32_t *positions,
                      float scale, float *output, float *scratch);

// Writes rows [rows, width] into the panels as the positions from `start` on.
void ck_store_keys(long rows, long width, const float *x, long x_stride, float *keys, long start);

// Floats of scratch that the backward pass of n positions needs.
long ck_attend_backward_scratch(long n, long width);

// Backward of causal attention of one sequence and one key head with `group` query heads.
// q, out, dout, dq are group·width wide, k, v, dk, dv width wide, each with its own row stride (dout shares out's). logsumexps:
// [group] rows of n, from ck_attend. dq, dk, dv are set, or added to where add_q, add_k, add_v say so.
void ck_attend_backward(long n, long group, long width, const float *q, const float *k, const float *v, const float *out,
                        const float *dout, long q_stride, long k_stride, long v_stride, long out_stride, float scale,
                        const float *logsumexps, long logsumexp_stride, int add_q, int add_k, int add_v, float *dq, float *dk, float *dv,
                        long dq_stride, long dk_stride, long dv_stride, float *scratch);

// MARK: Softmax and logprobs

// log Σ exp(x/temperature) of one row.
float ck_logsumexp(const float *x, long n, float inverse_temperature);

// y = softmax(x/temperature) of one row; returns the log-sum-exp.
float ck_softmax(const float *x, long n, float inverse_temperature, float *y);

// Rows of logits to logprobs of their targets.
void ck_selected_logprobs(long rows, long n, const float *logits, const int32_t *targets, float *logprobs, float *logsumexps);

// logits := dL/dlogits, given dL/dlogprob of each row.
void ck_selected_logprobs_backward(long rows, long n, float *logits, const int32_t *targets, const float *logsumexps,
                                   const float *slopes);

// Index of the largest value; the lowest on a tie.
long ck_argmax(const float *x, long n);

// The first index whose running sum of probabilities exceeds u·Σp; the last positive one where rounding leaves none.
long ck_draw(const float *probabilities, long n, float u);

// MARK: Vectors

void ck_add(long n, const float *x, float *y);               // y += x
void ck_scale(long n, float a, float *x);                    // x *= a
double ck_sum_of_squares(long n, const float *x);
void ck_exp(long n, const float *x, float *y);
int ck_all_finite(long n, const float *x);

// AdamW (arXiv:1711.05101): bias_correction1 = 1 − β1^t and so on; decay = learning rate · weight decay.
void ck_adamw(long n, float *w, const float *g, float *m, float *v, float gradient_scale, float learning_rate, float beta1,
              float beta2, float epsilon, float decay, float bias_correction1, float bias_correction2);

// MARK: Memory

// From now on the system's allocator gives blocks of so many bytes or more back to the system when they are freed. Only glibc has to be
// told, and what it says is of no use: results do not depend on it. The one function here that changes anything outside of its arguments.
void ck_return_large_blocks(int bytes);

#ifdef __cplusplus
}
#endif
