// Log-sum-exp, softmax, logprobs of chosen tokens, and draws.

INLINE float largest(const float *x, long n) {
    v16 top = v16_splat(-INFINITY);
    long i = 0;
    for (; i + 16 <= n; i += 16) top = v16_larger(v16_load(x + i), top);
    if (i < n) top = v16_larger(v16_load_part(x + i, n - i, -INFINITY), top);
    return v16_largest(top);
}

static float kernel_logsumexp(const float *x, long n, float inverse_temperature) {
    float top = largest(x, n);
    v16 sum = {0};
    long i = 0;
    for (; i + 16 <= n; i += 16) sum += v16_exp((v16_load(x + i) - top) * inverse_temperature);
    if (i < n) sum += v16_exp((v16_load_part(x + i, n - i, -INFINITY) - top) * inverse_temperature);
    return top * inverse_temperature + logf(v16_sum(sum));
}

static float kernel_softmax(const float *x, long n, float inverse_temperature, float *y) {
    float total = kernel_logsumexp(x, n, inverse_temperature);
    long i = 0;
    for (; i + 16 <= n; i += 16) v16_store(y + i, v16_exp(v16_load(x + i) * inverse_temperature - total));
    if (i < n) v16_store_part(y + i, v16_exp(v16_load_part(x + i, n - i, 0) * inverse_temperature - total), n - i);
    return total;
}

static void kernel_selected_logprobs(long rows, long n, const float *logits, const int32_t *targets, float *logprobs,
                                     float *logsumexps) {
    for (long r = 0; r < rows; r++) {
        logsumexps[r] = kernel_logsumexp(logits + r * n, n, 1);
        logprobs[r] = logits[r * n + targets[r]] - logsumexps[r];
    }
}

static void kernel_selected_logprobs_backward(long rows, long n, float *logits, const int32_t *targets, const float *logsumexps,
                                              const float *slopes) {
    for (long r = 0; r < rows; r++, logits += n) {
        float slope = slopes[r], total = logsumexps[r];
        long i = 0;
        for (; i + 16 <= n; i += 16) v16_store(logits + i, -slope * v16_exp(v16_load(logits + i) - total));
        if (i < n) v16_store_part(logits + i, -slope * v16_exp(v16_load_part(logits + i, n - i, 0) - total), n - i);
        logits[targets[r]] += slope;
    }
}

static long kernel_argmax(const float *x, long n) {
    float top = largest(x, n);
    for (long i = 0; i < n; i++)
        if (x[i] == top) return i;
    return 0;
}

static long kernel_draw(const float *probabilities, long n, float u) {
    double total = 0, sum = 0;
    for (long i = 0; i < n; i++) total += (double)probabilities[i];
    double mark = (double)u * total;
    long last = 0;
    for (long i = 0; i < n; i++) {
        if (probabilities[i] > 0) last = i;
        sum += (double)probabilities[i];
        if (sum > mark) return i;
    }
    return last;
}
