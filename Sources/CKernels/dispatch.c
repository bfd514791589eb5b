// Chooses the table of the best instruction set this machine has, once, before main.
#include "table.h"

static const ck_table *chosen = &ck_baseline;
static const char *chosen_name = "baseline";

__attribute__((constructor)) static void choose(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        chosen = &ck_avx512;
        chosen_name = "avx512";
    } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) {
        chosen = &ck_avx2;
        chosen_name = "avx2";
    }
#endif
}

const char *ck_instruction_set(void) { return chosen_name; }

int ck_use_instruction_set(const char *name) {
    if (!strcmp(name, "baseline")) chosen = &ck_baseline;
#if defined(__x86_64__)
    else if (!strcmp(name, "avx512") && __builtin_cpu_supports("avx512vl")) chosen = &ck_avx512;
    else if (!strcmp(name, "avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) chosen = &ck_avx2;
#endif
    else return 0;
    chosen_name = name;
    return 1;
}

int ck_gemm_is_fast(void) {
#if defined(__aarch64__) && !defined(__APPLE__)
    return 1;
#else
    return chosen != &ck_baseline;
#endif
}

long ck_packed_size(long K, long N) { return (N + CK_PANEL - 1) / CK_PANEL * CK_PANEL * K; }

void ck_pack(const float *B, long ldb, long K, long N, int transposed, float *packed) {
    chosen->pack(B, ldb, K, N, transposed, packed);
}

void ck_gemm(long M, long N, long K, const float *A, long lda, int transposed, const float *packed, float *C, long ldc, const float *addend) {
    chosen->gemm(M, N, K, A, lda, transposed, packed, C, ldc, addend);
}

void ck_rmsnorm(long rows, long width, const float *x, const float *gain, float epsilon, float *y, float *inverse_rms) {
    chosen->rmsnorm(rows, width, x, gain, epsilon, y, inverse_rms);
}

void ck_rmsnorm_backward(long rows, long width, const float *x, const float *gain, const float *inverse_rms, const float *dy, float *dx, float *dgain) {
    chosen->rmsnorm_backward(rows, width, x, gain, inverse_rms, dy, dx, dgain);
}

void ck_norm_rotate(long rows, long heads, long width, const float *x, long x_stride, const float *gain, float epsilon, const int32_t *positions, const float *cosines, const float *sines, float *y, long y_stride, float *inverse_rms) {
    chosen->norm_rotate(rows, heads, width, x, x_stride, gain, epsilon, positions, cosines, sines, y, y_stride, inverse_rms);
}

void ck_norm_rotate_backward(long rows, long heads, long width, const float *x, long x_stride, const float *gain, const int32_t *positions, const float *cosines, const float *sines, const float *inverse_rms, const float *dy, long dy_stride, float *dx, long dx_stride, float *dgain) {
    chosen->norm_rotate_backward(rows, heads, width, x, x_stride, gain, positions, cosines, sines, inverse_rms, dy, dy_stride, dx, dx_stride, dgain);
}

void ck_swiglu(long rows, long width, const float *x, float *y) {
    chosen->swiglu(rows, width, x, y);
}

void ck_swiglu_backward(long rows, long width, const float *x, const float *dy, float *dx, int accumulate) {
    chosen->swiglu_backward(rows, width, x, dy, dx, accumulate);
}

long ck_attend_scratch(long positions) { return chosen->attend_scratch(positions); }

void ck_attend(long rows, long step, long n, long width, const float *query, long query_stride, const float *keys, const float *values, long value_stride, float scale, float *output, long output_stride, float *logsumexps, float *scratch) {
    chosen->attend(rows, step, n, width, query, query_stride, keys, values, value_stride, scale, output, output_stride, logsumexps, scratch);
}

void ck_attend_cached(long rows, long heads, long group, long width, const float *query, const float *key, const float *value, long value_stride, float *keys, float *values, const long *bases, long capacity, const int32_t *positions, float scale, float *output, float *scratch) {
    chosen->attend_cached(rows, heads, group, width, query, key, value, value_stride, keys, values, bases, capacity, positions, scale, output, scratch);
}

void ck_store_keys(long rows, long width, const float *x, long x_stride, float *keys, long start) {
    chosen->store_keys(rows, width, x, x_stride, keys, start);
}

long ck_attend_backward_scratch(long n, long width) { return chosen->attend_backward_scratch(n, width); }

void ck_attend_backward(long n, long group, long width, const float *q, const float *k, const float *v, const float *out, const float *dout, long q_stride, long k_stride, long v_stride, long out_stride, float scale, const float *logsumexps, long logsumexp_stride, int add_q, int add_k, int add_v, float *dq, float *dk, float *dv, long dq_stride, long dk_stride, long dv_stride, float *scratch) {
    chosen->attend_backward(n, group, width, q, k, v, out, dout, q_stride, k_stride, v_stride, out_stride, scale, logsumexps, logsumexp_stride, add_q, add_k, add_v, dq, dk, dv, dq_stride, dk_stride, dv_stride, scratch);
}

float ck_logsumexp(const float *x, long n, float inverse_temperature) {
    return chosen->logsumexp(x, n, inverse_temperature);
}

float ck_softmax(const float *x, long n, float inverse_temperature, float *y) {
    return chosen->softmax(x, n, inverse_temperature, y);
}

void ck_selected_logprobs(long rows, long n, const float *logits, const int32_t *targets, float *logprobs, float *logsumexps) {
    chosen->selected_logprobs(rows, n, logits, targets, logprobs, logsumexps);
}

void ck_selected_logprobs_backward(long rows, long n, float *logits, const int32_t *targets, const float *logsumexps, const float *slopes) {
    chosen->selected_logprobs_backward(rows, n, logits, targets, logsumexps, slopes);
}

long ck_argmax(const float *x, long n) {
    return chosen->argmax(x, n);
}

long ck_draw(const float *probabilities, long n, float u) {
    return chosen->draw(probabilities, n, u);
}

void ck_add(long n, const float *x, float *y) {
    chosen->add(n, x, y);
}

void ck_scale(long n, float a, float *x) {
    chosen->scale(n, a, x);
}

double ck_sum_of_squares(long n, const float *x) {
    return chosen->sum_of_squares(n, x);
}

void ck_exp(long n, const float *x, float *y) {
    chosen->exp(n, x, y);
}

int ck_all_finite(long n, const float *x) {
    return chosen->all_finite(n, x);
}

void ck_adamw(long n, float *w, const float *g, float *m, float *v, float gradient_scale, float learning_rate, float beta1, float beta2, float epsilon, float decay, float bias_correction1, float bias_correction2) {
    chosen->adamw(n, w, g, m, v, gradient_scale, learning_rate, beta1, beta2, epsilon, decay, bias_correction1, bias_correction2);
}
