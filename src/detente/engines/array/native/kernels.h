/* What the kernels are asked; the same for each width of values and of vectors (see lanes.h and passes.h).

   Values are unsigned numbers; all-ones stands where a combination cannot occur, so that it never is the least.  A buffer holds a
   value for each combination of its local bits.  The *fibre* of a combination are those that differ from it in the mover's own bits
   alone; its *rows* are numbered by these bits, pushed together. */
#ifndef DETENTE_KERNELS_H
#define DETENTE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

enum { BLOCK_BITS = 10, MOST_CONTEXT_BITS = 32, MOST_BITS = 48, MOST_PLANES = 31 };

/* Where fibres lie: rows at `row[r]`, one fibre beginning at each sum of a unit, a column and a place within a run. */
typedef struct {
    uint32_t rows;
    const uint64_t *row;      /* where each row lies from the start of its fibre; of rows >> exchanged many */
    const uint64_t *unit;     /* starts of units: no two threads work on one block in two units */
    size_t units;
    const uint64_t *column;   /* starts of fibres within a unit, a run of `run` side by side at each */
    size_t columns;
    size_t run;               /* of fibres side by side */
    int exchanged;            /* how many of the mover's own bits lie within a vector */
    int lane_bit[6];          /* which bits of a place within a vector these are, ascending */
    uint64_t partner[6];      /* and the distance of the fibres that are put there instead */
} Layout;

/* Which schedule a fibre has: starts[context + its bits' weights]; for any moves there is one. */
typedef struct {
    const uint32_t *stream;
    const uint32_t *starts;
    uint32_t context;
    int bits;                 /* of the place of a fibre that count */
    uint64_t bit[MOST_CONTEXT_BITS];
    uint32_t weight[MOST_CONTEXT_BITS];
    const uint32_t *of_unit;  /* or by unit and place in a run (mixed radix); NULL otherwise */
    const uint32_t *of_place;
} Contexts;

typedef struct {
    Layout layout;
    Contexts contexts;
    const void *source;
    void *target;
    const void *ranks;        /* of the mover (improve), or of whose stability is judged (judge); NULL otherwise */
    const void *hidden;       /* all-ones where the mover does not perceive; NULL where they perceive everything */
    uint8_t *bits;            /* what judge writes: a bit for each value, or a byte */
    int bytes;
    int turn;                 /* whether values are turned before and after: a maximum is a minimum of turned values */
    _Atomic uint32_t *marks;  /* a word for each block, or NULL */
    uint32_t me;              /* the mover's bit of a mark */
    const size_t *todo;       /* which units are worked on; NULL for all */
    void *scratch;            /* room for each worker */
    size_t room;              /* bytes of it for one worker */
    _Atomic int *changed;
} Pass;

/* One part of a pass: the fibres from `first` up to `last`, numbered unit by unit. */
typedef void (*pass_kernel)(const Pass *pass, void *scratch, size_t first, size_t last);

/* Bit planes (one for each statement, the first is the most significant) into values, 1 for none; all-ones where not feasible. */
typedef void (*codes_kernel)(const uint64_t *const *planes, int count, const uint64_t *feasible, void *target, size_t words);

typedef struct {
    int lanes;                /* values in a vector */
    size_t vector;            /* bytes of it */
    pass_kernel move, judge, improve;
    codes_kernel codes;
} Kernels;

/* Those for values of `t` bytes and vectors of `v` bytes. */
#define KERNELS_OF(t, v) \
    {(v) ? (v) / (t) : 1, (v) ? (v) : (t), move_##t##_##v, judge_##t##_##v, improve_##t##_##v, codes_##t##_##v}

enum { SINGLE, BASELINE, AVX2, AVX512, LEVELS };

/* By width of values: 1, 2 and 4 bytes. */
extern const Kernels single_kernels[3], baseline_kernels[3];
#if defined(__x86_64__) && !defined(DETENTE_PORTABLE)
#define DETENTE_X86 1
extern const Kernels avx2_kernels[3], avx512_kernels[3];
#endif

/* The schedules: in which order the rows of a fibre take over values. */
typedef struct {
    uint32_t *stream;
    size_t length, room;
} Stream;

/* Append the schedule of one fibre and give its start, or UINT32_MAX where memory ends.
   `codes` orders the rows (greater is preferred), NULL for any moves; `order` is room for as many rows. */
uint32_t append_schedule(Stream *stream, uint32_t rows, const uint32_t *strategies, uint32_t only_on, uint32_t only_off,
                         const uint32_t *codes, uint32_t *order);

/* Programs: conditions over options, for many combinations at a time. */
enum { WORDS_AT_ONCE = 16, MOST_DEPTH = 64 };
/* Whether a program is well formed, and how many options it may speak of. */
int program_is_sound(const uint8_t *program, size_t length);
/* 64 times WORDS_AT_ONCE truth values from combination `first` on. */
void run_program(const uint8_t *program, size_t length, uint64_t first, uint64_t *out);

#endif
