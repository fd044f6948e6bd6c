/* The kernels as a Python module (limited API: one build serves every Python from 3.11 on).  See _kernels.pyi for what each is asked.

   Whatever Python gives is checked here, so that no argument makes a kernel read or write elsewhere; the lock of the interpreter
   is released while a kernel runs. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "pool.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "bits are laid out for processors that keep the lowest byte first; NumPy serves the others"
#endif

enum { SERIAL = 1 << 18 }; /* fewer values than this are worked on by one thread */

static int level; /* width of vectors in use */
static const Kernels *const kernels_at[LEVELS] = {single_kernels, baseline_kernels,
#ifdef DETENTE_X86
                                                  avx2_kernels, avx512_kernels
#endif
};
static const char *const level_names[LEVELS] = {"single", "baseline", "avx2", "avx512"};

static int best_level(void) {
#ifdef DETENTE_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) return AVX512;
    if (__builtin_cpu_supports("avx2")) return AVX2;
#endif
    return BASELINE;
}

static int log2_of(Py_ssize_t bytes) { return bytes == 1 ? 0 : bytes == 2 ? 1 : bytes == 4 ? 2 : -1; }

static void *failed(const char *what) {
    PyErr_SetString(PyExc_ValueError, what);
    return NULL;
}

/* -- Schedule ------------------------------------------------------------------------------------------------------------- */
typedef struct {
    PyObject_HEAD
    Stream stream;
    uint32_t rows, contexts, *starts;
} Schedule;

static PyTypeObject *schedule_type;

static void free_schedule(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    free(((Schedule *)self)->stream.stream);
    free(((Schedule *)self)->starts);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

/* The schedule of each context; one that was met before is shared. */
static int make_schedules(Schedule *s, const uint32_t *strategies, uint32_t only_on, uint32_t only_off, const uint32_t *codes) {
    uint32_t *order = malloc(2 * (size_t)s->rows * sizeof *order);
    size_t slots = 16;
    while (slots < 2 * (size_t)s->contexts) slots *= 2;
    uint32_t *known = malloc(slots * 2 * sizeof *known); /* start and length */
    s->starts = malloc(s->contexts * sizeof *s->starts);
    int fine = order && known && s->starts;
    for (size_t k = 0; fine && k < slots; k++) known[2 * k] = UINT32_MAX;
    for (uint32_t c = 0; fine && c < s->contexts; c++) {
        const uint32_t *row_codes = codes ? codes + (size_t)c * s->rows : NULL;
        const uint32_t start = append_schedule(&s->stream, s->rows, strategies, only_on, only_off, row_codes, order);
        if (start == UINT32_MAX) {
            fine = 0;
            break;
        }
        const uint32_t length = (uint32_t)(s->stream.length - start), *words = s->stream.stream;
        uint64_t hash = 14695981039346656037u;
        for (uint32_t k = 0; k < length; k++) hash = (hash ^ words[start + k]) * 1099511628211u;
        size_t slot = (hash ^ hash >> 32) & (slots - 1);
        while (known[2 * slot] != UINT32_MAX && (known[2 * slot + 1] != length ||
                                                 memcmp(words + known[2 * slot], words + start, length * sizeof *words) != 0))
            slot = (slot + 1) & (slots - 1);
        if (known[2 * slot] == UINT32_MAX) known[2 * slot] = start, known[2 * slot + 1] = length;
        else s->stream.length = start;
        s->starts[c] = known[2 * slot];
    }
    free(order);
    free(known);
    return fine;
}

static PyObject *new_schedule(PyTypeObject *type, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"strategies", "only_on", "only_off", "codes", NULL};
    Py_buffer strategies, codes = {0};
    unsigned int only_on, only_off;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "y*II|z*", names, &strategies, &only_on, &only_off, &codes)) return NULL;
    const Py_ssize_t rows = strategies.len / 4, contexts = codes.buf ? (rows ? codes.len / 4 / rows : 0) : 1;
    Schedule *self = NULL;
    const uint32_t ways = only_on | only_off;
    if (rows < 1 || rows > 1 << 26 || strategies.len % 4) failed("strategies: 32 bits for each row");
    else if (codes.buf && (contexts < 1 || contexts > 1 << 26 || codes.len != contexts * rows * 4)) failed("codes: 32 bits for each row and context");
    else if (__builtin_popcount(ways) > 20) failed("at most 20 one-way options");
    else self = (Schedule *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
    if (self) {
        self->rows = (uint32_t)rows, self->contexts = (uint32_t)contexts;
        int fine;
        Py_BEGIN_ALLOW_THREADS
        fine = make_schedules(self, strategies.buf, only_on, only_off, codes.buf);
        Py_END_ALLOW_THREADS
        if (!fine) {
            Py_DECREF(self);
            self = (Schedule *)PyErr_NoMemory();
        }
    }
    PyBuffer_Release(&strategies);
    if (codes.buf) PyBuffer_Release(&codes);
    return (PyObject *)self;
}

static PyObject *schedule_figures(PyObject *self, PyObject *nothing) {
    (void)nothing;
    const Schedule *s = (Schedule *)self;
    return Py_BuildValue("IIn", s->rows, s->contexts, (Py_ssize_t)s->stream.length);
}

static PyMethodDef schedule_methods[] = {
    {"figures", schedule_figures, METH_NOARGS, "Rows, contexts, and words that hold them."}, {NULL, NULL, 0, NULL}};
static PyType_Slot schedule_slots[] = {{Py_tp_new, new_schedule},
                                       {Py_tp_dealloc, free_schedule},
                                       {Py_tp_methods, schedule_methods},
                                       {Py_tp_doc, "In which order the rows of a fibre take over values; see _kernels.pyi."},
                                       {0, NULL}};
static PyType_Spec schedule_spec = {"detente.engines.array.native._kernels.Schedule", sizeof(Schedule), 0, Py_TPFLAGS_DEFAULT,
                                    schedule_slots};

/* -- passes --------------------------------------------------------------------------------------------------------------- */
typedef struct {
    Pass pass;
    const Kernels *kernels;
    pass_kernel kernel;
    uint64_t *places;  /* what the layout points into */
    size_t *todo;
    size_t items;      /* vectors of fibres */
    int threads;
    atomic_int changed;
} Run;

static void run_part(void *what, int worker, size_t first, size_t last) {
    Run *run = what;
    run->kernel(&run->pass, (char *)run->pass.scratch + (size_t)worker * run->pass.room, first, last);
}

/* Work on all fibres; 0 where memory does not suffice.  Needs no lock. */
static int carry_out(Run *run) {
    Pass *pass = &run->pass;
    const size_t tiles = 2 + (pass->ranks != NULL) + 2 * (pass->hidden != NULL);
    pass->room = (tiles * pass->layout.rows * run->kernels->vector + 63) / 64 * 64;
    pass->scratch = aligned_alloc(64, pass->room * (size_t)run->threads);
    if (!pass->scratch) return 0;
    pass->changed = &run->changed;
    size_t grain = run->items;
    if (run->threads > 1) {
        grain = run->items / ((size_t)run->threads * 8) + 1;
        const size_t each = pass->layout.columns * (pass->layout.run / (size_t)run->kernels->lanes);
        if (grain > each) grain = (grain + each - 1) / each * each;
    }
    pool_run(run_part, run, run->items, grain);
    free(pass->scratch);
    return 1;
}

/* Fill a list with all subsets of a mask, ascending. */
static size_t subsets(uint64_t mask, uint64_t *out) {
    size_t count = 0;
    uint64_t sub = 0;
    do out[count++] = sub;
    while ((sub = (sub - mask) & mask) != 0);
    return count;
}

/* Which units have a block that the mover has not looked at since it changed; these are unmarked. */
static size_t unmark(const Layout *at, _Atomic uint32_t *marks, uint32_t me, uint64_t blocks, uint64_t *block, size_t *todo) {
    size_t found = 0;
    const size_t each = subsets(blocks, block);
    for (size_t u = 0; u < at->units; u++) {
        uint32_t any = 0;
        for (size_t b = 0; b < each; b++) any |= atomic_load_explicit(marks + ((at->unit[u] + block[b]) >> BLOCK_BITS), memory_order_relaxed) & me;
        if (!any) continue;
        todo[found++] = u;
        for (size_t b = 0; b < each; b++)
            atomic_fetch_and_explicit(marks + ((at->unit[u] + block[b]) >> BLOCK_BITS), ~me, memory_order_relaxed);
    }
    return found;
}

/* Lay out the fibres of a cube of 2**n values and work on them; 0 where memory does not suffice. */
static int run_cube(Run *run, int size, int kind, int n, uint64_t own) {
    Layout *at = &run->pass.layout;
    const uint64_t all = ((uint64_t)1 << n) - 1;
    uint64_t other = all & ~own, block_mask = ((uint64_t)1 << BLOCK_BITS) - 1;
    int use = level;
    while (use > SINGLE && __builtin_popcountll(other) < __builtin_ctz((unsigned)kernels_at[use][size].lanes)) use--;
    const Kernels *k = run->kernels = kernels_at[use] + size;
    run->kernel = kind == 0 ? k->move : kind == 1 ? k->judge : k->improve;
    const uint64_t lanes = (uint64_t)k->lanes - 1;
    uint64_t rest = other & ~lanes;
    at->exchanged = 0;
    for (int p = 0; lanes >> p; p++)
        if (own >> p & 1) {
            at->lane_bit[at->exchanged] = p;
            at->partner[at->exchanged++] = rest & -rest;
            rest &= rest - 1;
        }
    const uint64_t far_rows = own & ~lanes, low = rest & block_mask, high = rest & ~block_mask, blocks = all & ~high & ~block_mask;
    const size_t rows = (size_t)1 << __builtin_popcountll(far_rows), columns = (size_t)1 << __builtin_popcountll(low);
    const size_t units = (size_t)1 << __builtin_popcountll(high), each = (size_t)1 << __builtin_popcountll(blocks);
    const int marked = run->pass.marks != NULL;
    run->places = malloc((rows + columns + units + (marked ? each : 0)) * sizeof *run->places);
    run->todo = marked ? malloc(units * sizeof *run->todo) : NULL;
    int fine = run->places && (!marked || run->todo);
    if (fine) {
        subsets(far_rows, run->places), at->row = run->places;
        subsets(low, run->places + rows), at->column = run->places + rows;
        subsets(high, run->places + rows + columns), at->unit = run->places + rows + columns;
        at->rows = (uint32_t)(rows << at->exchanged), at->columns = columns, at->units = units, at->run = lanes + 1;
        size_t todo = units;
        if (marked) todo = unmark(at, run->pass.marks, run->pass.me, blocks, run->places + rows + columns + units, run->todo);
        run->pass.todo = run->todo;
        run->items = todo * columns;
        run->threads = n >= 18 && ((uint64_t)todo * columns * at->rows << __builtin_ctz((unsigned)k->lanes)) >= SERIAL && use != SINGLE ? pool_size() : 1;
        if (kind == 1 && use == SINGLE && !run->pass.bytes) memset(run->pass.bits, 0, n < 3 ? 1 : (size_t)1 << (n - 3));
        fine = carry_out(run);
    }
    free(run->places);
    free(run->todo);
    return fine;
}

static int holds(const Py_buffer *buffer, uint64_t bytes) { return !buffer->buf || (uint64_t)buffer->len == bytes; }
static int fits(const Py_buffer *buffer, int size) { return !buffer->buf || (uintptr_t)buffer->buf % (1u << size) == 0; }

static void release(Py_buffer *buffers, int count) {
    for (int k = 0; k < count; k++)
        if (buffers[k].buf) PyBuffer_Release(buffers + k);
}

/* The contexts of a cube: which of its bits count and how much; whether no sum of them lies beyond the schedules. */
static int set_contexts(Contexts *to, const Schedule *s, int n, uint64_t own, const Py_buffer *bits, const Py_buffer *weights, uint32_t context) {
    uint64_t most = context;
    to->stream = s->stream.stream, to->starts = s->starts, to->context = context, to->bits = 0;
    if (bits->len > MOST_CONTEXT_BITS || weights->len != 4 * bits->len) return 0;
    for (Py_ssize_t k = 0; k < bits->len; k++) {
        const int bit = ((const uint8_t *)bits->buf)[k];
        uint32_t weight;
        memcpy(&weight, (const char *)weights->buf + 4 * k, 4);
        if (bit >= n || own >> bit & 1) return 0;
        to->bit[to->bits] = (uint64_t)1 << bit, to->weight[to->bits++] = weight;
        most += weight;
    }
    return most < s->contexts;
}

static const char *check_cube(int size, int n, unsigned long long own, const Schedule *s, const Py_buffer *buffers, int count) {
    if (size < 0) return "values have 1, 2 or 4 bytes";
    if (n < 0 || n >= MOST_BITS || own >> n) return "the mover's bits lie outside the cube";
    if (s->rows != (uint64_t)1 << __builtin_popcountll(own)) return "the schedule is for fibres of another size";
    for (int k = 0; k < count; k++)
        if (!holds(buffers + k, (uint64_t)1 << (n + size)) || !fits(buffers + k, size)) return "a buffer has another size";
    return NULL;
}

static PyObject *cube(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"size", "source", "target", "n", "own", "schedule", "bits", "weights", "context", "hidden", "turn", "marks", "me", "ranks", NULL};
    (void)module;
    Py_buffer b[7] = {0}; /* source, target, hidden, ranks, marks, bits, weights */
    Schedule *s;
    Py_ssize_t size;
    int n, turn = 0;
    unsigned int context = 0, me = 0;
    unsigned long long own;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "ny*w*iKO!|y*y*Iz*pz*Iz*", names, &size, b, b + 1, &n, &own, schedule_type, &s,
                                     b + 5, b + 6, &context, b + 2, &turn, b + 4, &me, b + 3))
        return NULL;
    Run run = {.pass = {.source = b[0].buf, .target = b[1].buf, .hidden = b[2].buf, .ranks = b[3].buf, .turn = turn, .marks = b[4].buf, .me = (uint32_t)1 << (me & 31)}};
    const char *wrong = check_cube(log2_of(size), n, own, s, b, 4);
    if (!wrong && !set_contexts(&run.pass.contexts, s, n, own, b + 5, b + 6, context)) wrong = "there is no schedule for some contexts";
    if (!wrong && b[4].buf && (b[4].readonly || me > 31 || !fits(b + 4, 2) || !holds(b + 4, n < BLOCK_BITS ? 4 : (uint64_t)4 << (n - BLOCK_BITS))))
        wrong = "marks have a word for each block, and one of 32 bits for the mover";
    if (!wrong && b[3].buf && s->contexts != 1) wrong = "where ranks give the order, the schedule is for any moves";
    int fine = 0;
    if (!wrong) {
        Py_BEGIN_ALLOW_THREADS
        fine = run_cube(&run, log2_of(size), b[3].buf ? 2 : 0, n, own);
        Py_END_ALLOW_THREADS
    }
    release(b, 7);
    if (wrong) return failed(wrong);
    return fine ? PyBool_FromLong(atomic_load(&run.changed)) : PyErr_NoMemory();
}

static PyObject *judge(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"size", "values", "ranks", "n", "own", "schedule", "hidden", "out", NULL};
    (void)module;
    Py_buffer b[4] = {0}; /* values, ranks, hidden, out */
    Schedule *s;
    Py_ssize_t size;
    int n;
    unsigned long long own;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "ny*y*iKO!z*w*", names, &size, b, b + 1, &n, &own, schedule_type, &s, b + 2, b + 3)) return NULL;
    Run run = {.pass = {.source = b[0].buf, .ranks = b[1].buf, .hidden = b[2].buf, .turn = 1, .bits = b[3].buf}};
    const char *wrong = check_cube(log2_of(size), n, own, s, b, 3);
    run.pass.contexts.stream = s->stream.stream, run.pass.contexts.starts = s->starts;
    if (!wrong && !holds(b + 3, n < 3 ? 1 : (uint64_t)1 << (n - 3))) wrong = "the answer has a bit for each value";
    int fine = 0;
    if (!wrong) {
        Py_BEGIN_ALLOW_THREADS
        fine = run_cube(&run, log2_of(size), 1, n, own);
        Py_END_ALLOW_THREADS
    }
    release(b, 4);
    if (wrong) return failed(wrong);
    return fine ? Py_NewRef(Py_None) : PyErr_NoMemory();
}

/* -- mixed radix ---------------------------------------------------------------------------------------------------------- */
/* Fibres in a buffer of outer by rows by inner values, a run of `inner` side by side; what does not fill a vector goes one by one. */
static int run_rows(Run *run, int size, int kind, uint64_t outer, uint32_t rows, uint64_t inner) {
    Layout *at = &run->pass.layout;
    const size_t lanes = (size_t)kernels_at[level][size].lanes, whole = inner / lanes * lanes;
    run->places = malloc((rows + outer + 1) * sizeof *run->places);
    if (!run->places) return 0;
    for (uint32_t r = 0; r < rows; r++) run->places[r] = r * inner;
    for (uint64_t u = 0; u < outer; u++) run->places[rows + u] = u * rows * inner;
    at->row = run->places, at->unit = run->places + rows, at->column = run->places + rows + outer;
    at->rows = rows, at->units = outer, at->columns = 1, at->exchanged = 0;
    int fine = 1;
    for (int part = 0; fine && part < 2; part++) {
        at->run = part ? inner - whole : whole;
        run->places[rows + outer] = part ? whole : 0;
        run->kernels = kernels_at[part ? SINGLE : level] + size;
        run->kernel = kind == 0 ? run->kernels->move : kind == 1 ? run->kernels->judge : run->kernels->improve;
        if (part && run->pass.contexts.of_place) run->pass.contexts.of_place += whole;
        run->items = outer * (at->run / (size_t)run->kernels->lanes);
        run->threads = outer * rows * at->run >= SERIAL ? pool_size() : 1;
        if (run->items) fine = carry_out(run);
    }
    free(run->places);
    return fine;
}

static const char *check_rows(int size, unsigned long long outer, unsigned int f, unsigned long long inner, const Schedule *s, const Py_buffer *buffers, int count) {
    if (size < 0) return "values have 1, 2 or 4 bytes";
    if (f != s->rows) return "the schedule is for fibres of another size";
    if (!outer || !inner || outer >> 40 || inner >> 40 || (outer * inner) >> 40) return "the buffer has another size";
    for (int k = 0; k < count; k++)
        if (!holds(buffers + k, outer * f * inner << size) || !fits(buffers + k, size)) return "a buffer has another size";
    return NULL;
}

static uint32_t greatest(const Py_buffer *words) {
    uint32_t found = 0;
    for (Py_ssize_t k = 0; k < words->len / 4; k++)
        if (((const uint32_t *)words->buf)[k] > found) found = ((const uint32_t *)words->buf)[k];
    return found;
}

static PyObject *rows(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"size", "source", "target", "outer", "rows", "inner", "schedule", "outer_context", "inner_context", "hidden", "turn", "ranks", NULL};
    (void)module;
    Py_buffer b[6] = {0}; /* source, target, hidden, ranks, outer_context, inner_context */
    Schedule *s;
    Py_ssize_t size;
    int turn = 0;
    unsigned int f;
    unsigned long long outer, inner;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "ny*w*KIKO!|z*z*z*pz*", names, &size, b, b + 1, &outer, &f, &inner, schedule_type, &s,
                                     b + 4, b + 5, b + 2, &turn, b + 3))
        return NULL;
    Run run = {.pass = {.source = b[0].buf, .target = b[1].buf, .hidden = b[2].buf, .ranks = b[3].buf, .turn = turn}};
    Contexts *c = &run.pass.contexts;
    c->stream = s->stream.stream, c->starts = s->starts, c->of_unit = b[4].buf, c->of_place = b[5].buf;
    const char *wrong = check_rows(log2_of(size), outer, f, inner, s, b, 4);
    if (!wrong && (!holds(b + 4, 4 * outer) || !holds(b + 5, 4 * inner) || !fits(b + 4, 2) || !fits(b + 5, 2))) wrong = "contexts: 32 bits for each place";
    if (!wrong && (uint64_t)(b[4].buf ? greatest(b + 4) : 0) + (b[5].buf ? greatest(b + 5) : 0) >= s->contexts) wrong = "there is no schedule for some contexts";
    if (!wrong && b[3].buf && s->contexts != 1) wrong = "where ranks give the order, the schedule is for any moves";
    int fine = 0;
    if (!wrong) {
        Py_BEGIN_ALLOW_THREADS
        fine = run_rows(&run, log2_of(size), b[3].buf ? 2 : 0, outer, f, inner);
        Py_END_ALLOW_THREADS
    }
    release(b, 6);
    if (wrong) return failed(wrong);
    return fine ? PyBool_FromLong(atomic_load(&run.changed)) : PyErr_NoMemory();
}

static PyObject *judge_rows(PyObject *module, PyObject *arguments, PyObject *keywords) {
    static char *names[] = {"size", "values", "ranks", "outer", "rows", "inner", "schedule", "hidden", "out", NULL};
    (void)module;
    Py_buffer b[4] = {0}; /* values, ranks, hidden, out */
    Schedule *s;
    Py_ssize_t size;
    unsigned int f;
    unsigned long long outer, inner;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "ny*y*KIKO!z*w*", names, &size, b, b + 1, &outer, &f, &inner, schedule_type, &s, b + 2, b + 3)) return NULL;
    Run run = {.pass = {.source = b[0].buf, .ranks = b[1].buf, .hidden = b[2].buf, .turn = 1, .bits = b[3].buf, .bytes = 1}};
    run.pass.contexts.stream = s->stream.stream, run.pass.contexts.starts = s->starts;
    const char *wrong = check_rows(log2_of(size), outer, f, inner, s, b, 3);
    if (!wrong && !holds(b + 3, outer * f * inner)) wrong = "the answer has a byte for each value";
    int fine = 0;
    if (!wrong) {
        Py_BEGIN_ALLOW_THREADS
        fine = run_rows(&run, log2_of(size), 1, outer, f, inner);
        Py_END_ALLOW_THREADS
    }
    release(b, 4);
    if (wrong) return failed(wrong);
    return fine ? Py_NewRef(Py_None) : PyErr_NoMemory();
}

/* -- conditions ----------------------------------------------------------------------------------------------------------- */
typedef struct {
    const uint8_t *program[MOST_PLANES];
    size_t length[MOST_PLANES];
    int count;
    uint64_t first, values;
    int size;                 /* log2 of the bytes of a value; -1 for truth values */
    const uint8_t *feasible;
    uint8_t *out;
} Evaluation;

enum { AT_ONCE = 64 * WORDS_AT_ONCE };

static void evaluate(void *what, int worker, size_t first, size_t last) {
    (void)worker;
    const Evaluation *e = what;
    uint64_t truth[MOST_PLANES][WORDS_AT_ONCE], may[WORDS_AT_ONCE], values[AT_ONCE / 2];
    const uint64_t *planes[MOST_PLANES];
    for (size_t block = first; block < last; block++) {
        const uint64_t at = (uint64_t)block * AT_ONCE, left = e->values - at < AT_ONCE ? e->values - at : AT_ONCE;
        for (int k = 0; k < e->count; k++) run_program(e->program[k], e->length[k], e->first + at, truth[k]), planes[k] = truth[k];
        if (e->size < 0) {
            memcpy(e->out + at / 8, truth[0], (left + 7) / 8);
            continue;
        }
        if (e->feasible) memset(may, 0, sizeof may), memcpy(may, e->feasible + at / 8, (left + 7) / 8);
        void *to = left == AT_ONCE ? (void *)(e->out + (at << e->size)) : (void *)values;
        kernels_at[level][e->size].codes(planes, e->count, e->feasible ? may : NULL, to, WORDS_AT_ONCE);
        if (to == values) memcpy(e->out + (at << e->size), values, left << e->size);
    }
}

static void evaluate_all(Evaluation *e) {
    const size_t blocks = (size_t)((e->values + AT_ONCE - 1) / AT_ONCE), threads = (size_t)pool_size();
    pool_run(evaluate, e, blocks, e->values < SERIAL ? blocks : blocks / (8 * threads) + 1);
}

static int add_program(Evaluation *e, const char *program, Py_ssize_t length) {
    e->program[e->count] = (const uint8_t *)program, e->length[e->count++] = (size_t)length;
    return program_is_sound((const uint8_t *)program, (size_t)length);
}

static PyObject *truth(PyObject *module, PyObject *arguments) {
    (void)module;
    const char *program;
    Py_ssize_t length;
    unsigned long long first;
    Py_buffer out;
    if (!PyArg_ParseTuple(arguments, "y#Kw*", &program, &length, &first, &out)) return NULL;
    Evaluation e = {.first = first, .values = 8 * (uint64_t)out.len, .size = -1, .out = out.buf};
    const int fine = first % 64 == 0 && add_program(&e, program, length);
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        evaluate_all(&e);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&out);
    return fine ? Py_NewRef(Py_None) : failed("not a program, or not from a multiple of 64 on");
}

static PyObject *codes(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *programs;
    Py_ssize_t size;
    unsigned long long first;
    Py_buffer out, feasible = {0};
    if (!PyArg_ParseTuple(arguments, "nO!Kz*w*", &size, &PyTuple_Type, &programs, &first, &feasible, &out)) return NULL;
    Evaluation e = {.first = first, .size = log2_of(size), .feasible = feasible.buf, .out = out.buf};
    const Py_ssize_t count = PyTuple_Size(programs);
    int fine = e.size >= 0 && count < 8 * size && first % 64 == 0 && out.len % size == 0;
    if (fine) e.values = (uint64_t)(out.len / size), fine = holds(&feasible, (e.values + 7) / 8) && fits(&out, e.size);
    for (Py_ssize_t k = 0; fine && k < count; k++) {
        char *program;
        Py_ssize_t length;
        if (PyBytes_AsStringAndSize(PyTuple_GetItem(programs, k), &program, &length) < 0) PyErr_Clear(), fine = 0;
        else fine = add_program(&e, program, length);
    }
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        evaluate_all(&e);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&out);
    if (feasible.buf) PyBuffer_Release(&feasible);
    return fine ? Py_NewRef(Py_None) : failed("programs, their number, or buffers do not fit together");
}

/* -- the module ----------------------------------------------------------------------------------------------------------- */
static PyObject *threads(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return PyLong_FromLong(pool_size());
}

static PyObject *vectors(PyObject *module, PyObject *arguments) {
    (void)module;
    const char *wanted = NULL;
    if (!PyArg_ParseTuple(arguments, "|s", &wanted)) return NULL;
    for (int k = 0; wanted && k < LEVELS; k++)
        if (strcmp(wanted, level_names[k]) == 0) {
            if (k > best_level()) return failed("this processor does not have them");
            level = k, wanted = NULL;
        }
    return wanted ? failed("there are single, baseline, avx2 and avx512") : PyUnicode_FromString(level_names[level]);
}

static PyMethodDef methods[] = {
    {"cube", (PyCFunction)(void (*)(void))cube, METH_VARARGS | METH_KEYWORDS, "One pass of a mover over a cube."},
    {"judge", (PyCFunction)(void (*)(void))judge, METH_VARARGS | METH_KEYWORDS, "Where no move is worth more than a rank, in a cube."},
    {"rows", (PyCFunction)(void (*)(void))rows, METH_VARARGS | METH_KEYWORDS, "One pass of a mover in mixed radix."},
    {"judge_rows", (PyCFunction)(void (*)(void))judge_rows, METH_VARARGS | METH_KEYWORDS, "Where no move is worth more, in mixed radix."},
    {"truth", truth, METH_VARARGS, "Where a condition is true."},
    {"codes", codes, METH_VARARGS, "Numbers whose bits are conditions."},
    {"threads", threads, METH_NOARGS, "How many threads work together."},
    {"vectors", vectors, METH_VARARGS, "Which vectors are used; sets them where named."},
    {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_kernels", "Passes over all states; see _kernels.pyi.", -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__kernels(void);
PyMODINIT_FUNC PyInit__kernels(void) {
    PyObject *module = PyModule_Create(&definition);
    if (!module) return NULL;
    level = best_level();
    schedule_type = (PyTypeObject *)PyType_FromSpec(&schedule_spec);
    if (!schedule_type || PyModule_AddType(module, schedule_type) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
