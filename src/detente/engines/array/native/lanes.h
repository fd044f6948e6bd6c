/* Vectors of values: the type, and the few operations that depend on its width.

   Included once for each width of values and of vectors, with VALUE (the type), VALUE_BYTES and VECTOR_BYTES defined; with
   VECTOR_BYTES 0 a vector is one value, which serves any processor and any layout. */

#ifndef SHUFFLE
#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (Q){__VA_ARGS__})
#endif
#endif

#define GLUE2(a, b, c) a##_##b##_##c
#define GLUE(a, b, c) GLUE2(a, b, c)
#define NAME(name) GLUE(name, VALUE_BYTES, VECTOR_BYTES)

#define T VALUE
#define ONES ((T) ~(T)0)

#if VECTOR_BYTES == 0
#define LANES 1
#define LANE_BITS 0
typedef T NAME(V);
#define V NAME(V)

static inline V NAME(load)(const T *from) { return *from; }
static inline void NAME(store)(T *to, V v) { *to = v; }
static inline V NAME(all)(T x) { return x; }
static inline V NAME(least)(V a, V b) { return a < b ? a : b; }
static inline V NAME(equal)(V a, V b) { return a == b ? ONES : 0; }
static inline V NAME(less)(V a, V b) { return a < b ? ONES : 0; }
static inline int NAME(any)(V a) { return a != 0; }
static inline V NAME(least_where)(V least, V one, V other, V value) { return one < other && value < least ? value : least; }

#else
#define LANES (VECTOR_BYTES / VALUE_BYTES)
#if LANES == 64
#define LANE_BITS 6
#elif LANES == 32
#define LANE_BITS 5
#elif LANES == 16
#define LANE_BITS 4
#elif LANES == 8
#define LANE_BITS 3
#endif
typedef T NAME(V) __attribute__((vector_size(VECTOR_BYTES)));
typedef uint64_t NAME(Q) __attribute__((vector_size(VECTOR_BYTES)));
#define V NAME(V)
#define Q NAME(Q)

static inline V NAME(load)(const T *from) {
    V v;
    memcpy(&v, from, sizeof v);
    return v;
}
static inline void NAME(store)(T *to, V v) { memcpy(to, &v, sizeof v); }
static inline V NAME(all)(T x) { return x - (V){0}; }
static inline V NAME(equal)(V a, V b) { return (V)(a == b); }
static inline V NAME(less)(V a, V b) { return (V)(a < b); }
static inline V NAME(least)(V a, V b) {
#if VECTOR_BYTES == 64 && VALUE_BYTES == 1
    return (V)_mm512_min_epu8((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 2
    return (V)_mm512_min_epu16((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 4
    return (V)_mm512_min_epu32((__m512i)a, (__m512i)b);
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 1
    return (V)_mm256_min_epu8((__m256i)a, (__m256i)b);
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 2
    return (V)_mm256_min_epu16((__m256i)a, (__m256i)b);
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 4
    return (V)_mm256_min_epu32((__m256i)a, (__m256i)b);
#else
    V first = NAME(less)(a, b);
    return (a & first) | (b & ~first);
#endif
}
/* The least of `least` and, at the places where `one` is less than `other`, of `value`. */
static inline V NAME(least_where)(V least, V one, V other, V value) {
#if VECTOR_BYTES == 64 && VALUE_BYTES == 1
    return (V)_mm512_mask_min_epu8((__m512i)least, _mm512_cmplt_epu8_mask((__m512i)one, (__m512i)other), (__m512i)least, (__m512i)value);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 2
    return (V)_mm512_mask_min_epu16((__m512i)least, _mm512_cmplt_epu16_mask((__m512i)one, (__m512i)other), (__m512i)least, (__m512i)value);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 4
    return (V)_mm512_mask_min_epu32((__m512i)least, _mm512_cmplt_epu32_mask((__m512i)one, (__m512i)other), (__m512i)least, (__m512i)value);
#else
    return NAME(least)(least, value | ~NAME(less)(one, other));
#endif
}
static inline int NAME(any)(V a) {
#if VECTOR_BYTES == 64
    return _mm512_test_epi64_mask((__m512i)a, (__m512i)a) != 0;
#elif VECTOR_BYTES == 32 && defined(__AVX2__)
    return !_mm256_testz_si256((__m256i)a, (__m256i)a);
#else
    Q q = (Q)a;
    uint64_t together = 0;
    for (int k = 0; k < VECTOR_BYTES / 8; k++) together |= q[k];
    return together != 0;
#endif
}

/* Exchange bit `p` of the place within a vector with the choice between two vectors. */
static inline void NAME(exchange)(V *one, V *two, int p) {
    Q a = (Q)*one, b = (Q)*two;
    switch (VALUE_BYTES << p) {
    case 1: {
        const Q even = (Q)NAME(all)(0) + 0x00FF00FF00FF00FFu;
        *one = (V)((a & even) | (b & even) << 8), *two = (V)((a >> 8 & even) | (b & ~even));
        break;
    }
    case 2: {
        const Q even = (Q)NAME(all)(0) + 0x0000FFFF0000FFFFu;
        *one = (V)((a & even) | (b & even) << 16), *two = (V)((a >> 16 & even) | (b & ~even));
        break;
    }
    case 4: {
        const Q even = (Q)NAME(all)(0) + 0x00000000FFFFFFFFu;
        *one = (V)((a & even) | b << 32), *two = (V)(a >> 32 | (b & ~even));
        break;
    }
#if VECTOR_BYTES == 16
    case 8: *one = (V)SHUFFLE(a, b, 0, 2), *two = (V)SHUFFLE(a, b, 1, 3); break;
#elif VECTOR_BYTES == 32
    case 8: *one = (V)SHUFFLE(a, b, 0, 4, 2, 6), *two = (V)SHUFFLE(a, b, 1, 5, 3, 7); break;
    case 16: *one = (V)SHUFFLE(a, b, 0, 1, 4, 5), *two = (V)SHUFFLE(a, b, 2, 3, 6, 7); break;
#else
    case 8:
        *one = (V)SHUFFLE(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
        *two = (V)SHUFFLE(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
        break;
    case 16:
        *one = (V)SHUFFLE(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
        *two = (V)SHUFFLE(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
        break;
    case 32:
        *one = (V)SHUFFLE(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
        *two = (V)SHUFFLE(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
        break;
#endif
    default: break;
    }
}
#endif

/* A bit for each place of a vector of truth values (all-ones or 0). */
static inline uint64_t NAME(bits_of)(V v) {
#if VECTOR_BYTES == 64 && VALUE_BYTES == 1
    return _mm512_movepi8_mask((__m512i)v);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 2
    return _mm512_movepi16_mask((__m512i)v);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 4
    return _mm512_movepi32_mask((__m512i)v);
#elif VECTOR_BYTES == 0
    return v & 1;
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 1
    return (uint32_t)_mm256_movemask_epi8((__m256i)v);
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 2
    __m256i wide = (__m256i)v;
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1)));
#elif VECTOR_BYTES == 32 && defined(__AVX2__) && VALUE_BYTES == 4
    return (uint32_t)_mm256_movemask_ps((__m256)v);
#else
    uint64_t bits = 0;
    for (int lane = 0; lane < LANES; lane++) bits |= (uint64_t)(v[lane] & 1) << lane;
    return bits;
#endif
}

/* The inverse: all-ones where the bit of the place is set. */
static inline V NAME(of_bits)(uint64_t bits) {
#if VECTOR_BYTES == 64 && VALUE_BYTES == 1
    return (V)_mm512_movm_epi8((__mmask64)bits);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 2
    return (V)_mm512_movm_epi16((__mmask32)bits);
#elif VECTOR_BYTES == 64 && VALUE_BYTES == 4
    return (V)_mm512_movm_epi32((__mmask16)bits);
#elif VECTOR_BYTES == 0
    return bits & 1 ? ONES : 0;
#elif VALUE_BYTES == 1
    V v;
    for (int byte = 0; byte < LANES / 8; byte++) {
        uint64_t lanes = ((bits >> 8 * byte & 0xFF) * 0x0101010101010101u) & 0x8040201008040201u;
        lanes = ((lanes + 0x7F7F7F7F7F7F7F7Fu) >> 7 & 0x0101010101010101u) * 0xFF;
        memcpy((char *)&v + 8 * byte, &lanes, 8);
    }
    return v;
#else
    V own;
    for (int lane = 0; lane < LANES; lane++) own[lane] = (T)(1u << lane);
    return NAME(equal)(NAME(all)((T)bits) & own, own);
#endif
}
