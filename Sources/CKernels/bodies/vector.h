// Whole-vector operations and the optimiser.

static void kernel_add(long n, const float *x, float *y) {
    for (long i = 0; i < n; i++) y[i] += x[i];
}

static void kernel_scale(long n, float a, float *x) {
    for (long i = 0; i < n; i++) x[i] *= a;
}

// Blocks of 4,096 are summed in fp32 lanes, the blocks in double.
static double kernel_sum_of_squares(long n, const float *x) {
    double total = 0;
    for (long i = 0; i < n; i += 4096) {
        long block = n - i < 4096 ? n - i : 4096;
        total += (double)dot(x + i, x + i, block);
    }
    return total;
}

static void kernel_exp(long n, const float *x, float *y) {
    long i = 0;
    for (; i + 16 <= n; i += 16) v16_store(y + i, v16_exp(v16_load(x + i)));
    if (i < n) v16_store_part(y + i, v16_exp(v16_load_part(x + i, n - i, 0)), n - i);
}

static int kernel_all_finite(long n, const float *x) {
    int32_t bad = 0;
    for (long i = 0; i < n; i++) {
        int32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bad |= (bits & 0x7f800000) == 0x7f800000;
    }
    return !bad;
}

static void kernel_adamw(long n, float *w, const float *g, float *m, float *v, float gradient_scale, float learning_rate,
                         float beta1, float beta2, float epsilon, float decay, float bias_correction1, float bias_correction2) {
    float step = learning_rate / bias_correction1, root = 1.0f / sqrtf(bias_correction2);
    for (long i = 0; i < n; i++) {
        float gradient = g[i] * gradient_scale;
        m[i] = beta1 * m[i] + (1 - beta1) * gradient;
        v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
        w[i] = w[i] * (1 - decay) - step * m[i] / (sqrtf(v[i]) * root + epsilon);
    }
}
