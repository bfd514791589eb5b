// The functions of CKernels.h as one instruction set implements them.
#pragma once
#include "include/CKernels.h"
#include <math.h>
#include <string.h>

typedef struct {
    void (*pack)(const float *, long, long, long, int, float *);
    void (*gemm)(long, long, long, const float *, long, int, const float *, float *, long, const float *);
    void (*rmsnorm)(long, long, const float *, const float *, float, float *, float *);
    void (*rmsnorm_backward)(long, long, const float *, const float *, const float *, const float *, float *, float *);
    void (*norm_rotate)(long, long, long, const float *, long, const float *, float, const int32_t *, const float *, const float *, float *, long, float *);
    void (*norm_rotate_backward)(long, long, long, const float *, long, const float *, const int32_t *, const float *, const float *, const float *, const float *, long, float *, long, float *);
    void (*swiglu)(long, long, const float *, float *);
    void (*swiglu_backward)(long, long, const float *, const float *, float *, int);
    void (*attend)(long, long, long, long, const float *, long, const float *, const float *, long, float, float *, long, float *, float *);
    void (*attend_cached)(long, long, long, long, const float *, const float *, const float *, long, float *, float *, const long *, long, const int32_t *, float, float *, float *);
    void (*store_keys)(long, long, const float *, long, float *, long);
    void (*attend_backward)(long, long, long, const float *, const float *, const float *, const float *, const float *, long, long, long, long, float, const float *, long, int, int, int, float *, float *, float *, long, long, long, float *);
    long (*attend_scratch)(long);
    long (*attend_backward_scratch)(long, long);
    float (*logsumexp)(const float *, long, float);
    float (*softmax)(const float *, long, float, float *);
    void (*selected_logprobs)(long, long, const float *, const int32_t *, float *, float *);
    void (*selected_logprobs_backward)(long, long, float *, const int32_t *, const float *, const float *);
    long (*argmax)(const float *, long);
    long (*draw)(const float *, long, float);
    void (*add)(long, const float *, float *);
    void (*scale)(long, float, float *);
    double (*sum_of_squares)(long, const float *);
    void (*exp)(long, const float *, float *);
    int (*all_finite)(long, const float *);
    void (*adamw)(long, float *, const float *, float *, float *, float, float, float, float, float, float, float, float);
} ck_table;

#if defined(__x86_64__)
extern const ck_table ck_avx512, ck_avx2;
#endif
extern const ck_table ck_baseline;
