/* The kernels over vectors of values; included after lanes.h, once for each width.

   A tile holds the fibres of one vector of columns: row after row, each a vector whose places are fibres.  Where some of the mover's
   own bits lie within a vector, places and columns are exchanged while the tile is filled, and back when it is emptied. */

/* What one fibre's bits add to its context, for each place of a vector, and which places share it. */
typedef struct {
    int count;
    uint32_t weight[LANES];
    V places[LANES];
} NAME(Shares);

static inline V NAME(turned)(V v) { return NAME(equal)(v, NAME(all)(ONES)) | ~v; }

/* Exchange places and fibres among the rows of one group; doing it twice changes nothing. */
static inline void NAME(exchange_all)(const Layout *at, V *rows) {
#if LANES > 1
    const uint32_t group = 1u << at->exchanged;
    int k = 0;
    for (; k + 1 < at->exchanged; k += 2) { /* two at a time, while they are at hand */
        const uint32_t one = 1u << k, two = 2u << k;
        for (uint32_t c = 0; c < group; c++) {
            if (c & (one | two)) continue;
            V v[4] = {rows[c], rows[c | one], rows[c | two], rows[c | one | two]};
            NAME(exchange)(v, v + 1, at->lane_bit[k]), NAME(exchange)(v + 2, v + 3, at->lane_bit[k]);
            NAME(exchange)(v, v + 2, at->lane_bit[k + 1]), NAME(exchange)(v + 1, v + 3, at->lane_bit[k + 1]);
            rows[c] = v[0], rows[c | one] = v[1], rows[c | two] = v[2], rows[c | one | two] = v[3];
        }
    }
    for (; k < at->exchanged; k++)
        for (uint32_t c = 0; c < group; c++)
            if (!(c >> k & 1)) NAME(exchange)(rows + c, rows + (c | 1u << k), at->lane_bit[k]);
#else
    (void)at, (void)rows;
#endif
}

/* How far a row of an exchanged group lies from the first. */
static inline uint64_t NAME(partner)(const Layout *at, uint32_t c) {
    uint64_t distance = 0;
    for (int k = 0; k < at->exchanged; k++) distance += (c >> k & 1) * at->partner[k];
    return distance;
}

static inline void NAME(fill)(const Layout *at, const T *from, V *tile) {
    const uint32_t far = at->rows >> at->exchanged, group = 1u << at->exchanged;
    if (!at->exchanged) {
        for (uint32_t r = 0; r < far; r++) tile[r] = NAME(load)(from + at->row[r]);
        return;
    }
    for (uint32_t r = 0; r < far; r++) {
        V *rows = tile + ((size_t)r << at->exchanged);
        for (uint32_t c = 0; c < group; c++) rows[c] = NAME(load)(from + at->row[r] + NAME(partner)(at, c));
        NAME(exchange_all)(at, rows);
    }
}

/* Which bit of the place within a vector, after the exchange, stands for a distance in the buffer; -1 if none does. */
static inline int NAME(lane_of)(const Layout *at, uint64_t distance) {
    for (int k = 0; k < at->exchanged; k++)
        if (at->partner[k] == distance) return at->lane_bit[k];
    for (int p = 0; p < LANE_BITS; p++) {
        int own = 0;
        for (int k = 0; k < at->exchanged; k++) own |= at->lane_bit[k] == p;
        if (!own && distance == (uint64_t)1 << p) return p;
    }
    return -1;
}

/* Split the bits that count into those of the place within a vector, and the others, which stay in `rest`. */
static void NAME(share)(const Pass *pass, NAME(Shares) * shares, Contexts *rest) {
    const Contexts *all = &pass->contexts;
    uint32_t of_lane[LANES] = {0};
    *rest = *all;
    rest->bits = 0;
    for (int k = 0; k < all->bits; k++) {
        int lane = NAME(lane_of)(&pass->layout, all->bit[k]);
        if (lane < 0) {
            rest->bit[rest->bits] = all->bit[k], rest->weight[rest->bits++] = all->weight[k];
            continue;
        }
        for (int l = 0; l < LANES; l++) of_lane[l] += (l >> lane & 1) * all->weight[k];
    }
    shares->count = 0;
    for (int l = 0; l < LANES; l++) {
        int s = 0;
        while (s < shares->count && shares->weight[s] != of_lane[l]) s++;
        if (s == shares->count) shares->weight[shares->count] = of_lane[l], shares->places[shares->count++] = NAME(all)(0);
        T places[LANES];
        NAME(store)(places, shares->places[s]);
        places[l] = ONES;
        shares->places[s] = NAME(load)(places);
    }
}

static inline uint32_t NAME(context)(const Contexts *rest, uint64_t place, size_t unit) {
    uint32_t context = rest->context;
    for (int k = 0; k < rest->bits; k++) context += place & rest->bit[k] ? rest->weight[k] : 0;
    if (rest->of_unit) context += rest->of_unit[unit];
    return context;
}

/* Let rows take over the least of the values before them, in the order of a schedule, at some places of the vectors. */
static inline void NAME(play)(const uint32_t *stream, const V *tile, V *out, V elsewhere) {
    for (uint32_t parts = *stream++; parts--;) {
        V least = NAME(all)(ONES);
        for (uint32_t groups = *stream++; groups--;) {
            for (uint32_t n = *stream++; n--; stream++) out[*stream] = NAME(least)(out[*stream], least);
            for (uint32_t n = *stream++; n--; stream++) least = NAME(least)(least, tile[*stream] | elsewhere);
        }
    }
}

/* All fibres of one vector of columns, each by its own schedule. */
static inline void NAME(play_all)(const Contexts *rest, const NAME(Shares) * shares, uint32_t context, const V *tile, V *out) {
    uint32_t start[LANES] = {0};
    for (int s = 0; s < shares->count; s++) start[s] = rest->starts[context + shares->weight[s]];
    for (int s = 0; s < shares->count; s++) {
        if (start[s] == UINT32_MAX) continue;
        V places = shares->places[s];
        for (int t = s + 1; t < shares->count && t < LANES; t++)
            if (start[t] == start[s]) places |= shares->places[t], start[t] = UINT32_MAX;
        NAME(play)(rest->stream + start[s], tile, out, ~places);
    }
}

/* The least over rows of greater rank, place by place, where ranks give the order; `stream` lists any moves. */
static inline void NAME(play_ranks)(const uint32_t *stream, const V *tile, const V *ranks, V *out) {
    for (uint32_t parts = *stream++; parts--;) {
        stream += 2; /* two groups; nobody takes over in the first */
        const uint32_t targets = *stream++, *target = stream;
        stream += targets;
        const uint32_t takers = *stream++, *taker = stream;
        stream += takers + 1; /* nor gives in the second */
        uint32_t a = 0;
        for (; a + 4 <= takers; a += 4) { /* four rows take over together, so that each giver is read once for all of them */
            const V r0 = ranks[taker[a]], r1 = ranks[taker[a + 1]], r2 = ranks[taker[a + 2]], r3 = ranks[taker[a + 3]];
            V l0 = out[taker[a]], l1 = out[taker[a + 1]], l2 = out[taker[a + 2]], l3 = out[taker[a + 3]];
            for (uint32_t b = 0; b < targets; b++) {
                const V rank = ranks[target[b]], value = tile[target[b]];
                l0 = NAME(least_where)(l0, r0, rank, value), l1 = NAME(least_where)(l1, r1, rank, value);
                l2 = NAME(least_where)(l2, r2, rank, value), l3 = NAME(least_where)(l3, r3, rank, value);
            }
            out[taker[a]] = l0, out[taker[a + 1]] = l1, out[taker[a + 2]] = l2, out[taker[a + 3]] = l3;
        }
        for (; a < takers; a++) {
            const V rank = ranks[taker[a]];
            V least = out[taker[a]];
            for (uint32_t b = 0; b < targets; b++) least = NAME(least_where)(least, rank, ranks[target[b]], tile[target[b]]);
            out[taker[a]] = least;
        }
    }
}

/* Note that a block has changed: everybody but the mover has to look at it again. */
static inline void NAME(mark)(const Pass *pass, uint64_t place) {
    _Atomic uint32_t *word = pass->marks + (place >> BLOCK_BITS);
    uint32_t now = atomic_load_explicit(word, memory_order_relaxed);
    if ((now | pass->me) != UINT32_MAX) atomic_fetch_or_explicit(word, ~pass->me, memory_order_relaxed);
}

enum { NAME(MOVE), NAME(JUDGE), NAME(IMPROVE) };

/* Write what holds at the places of a vector: a bit for each, or a byte. */
static inline void NAME(put)(const Pass *pass, uint64_t to, V holds) {
    const uint64_t bits = NAME(bits_of)(holds);
    if (pass->bytes) {
        for (int l = 0; l < LANES; l++) pass->bits[to + l] = bits >> l & 1;
        return;
    }
#if LANES == 1
    if (bits) pass->bits[to >> 3] |= (uint8_t)(1u << (to & 7));
#else
    memcpy(pass->bits + (to >> 3), &bits, LANES / 8);
#endif
}

/* Where the least that a move leads to, of turned values, is not less than the turned rank. */
static inline V NAME(stays)(V least, V rank) {
    return ~(NAME(less)(least, NAME(turned)(rank)) | NAME(equal)(rank, NAME(all)(ONES)));
}

/* Play one schedule for all places of the vectors, and write out at once what has become of each row. */
static inline int NAME(play_straight)(const Pass *pass, int kind, const uint32_t *stream, uint64_t place, const V *tile) {
    const uint64_t *row = pass->layout.row;
    T *target = (T *)pass->target + place;
    const int copied = pass->source != pass->target;
    int changed = 0;
    for (uint32_t parts = *stream++; parts--;) {
        V least = NAME(all)(ONES);
        for (uint32_t groups = *stream++; groups--;) {
            for (uint32_t n = *stream++; n--; stream++) {
                const V old = tile[*stream];
                V now = NAME(least)(old, least) | NAME(equal)(old, NAME(all)(ONES));
                if (kind == NAME(JUDGE)) {
                    NAME(put)(pass, place + row[*stream], NAME(stays)(now, NAME(load)((const T *)pass->ranks + place + row[*stream])));
                } else if (NAME(any)(now ^ old)) {
                    changed = 1;
                    NAME(store)(target + row[*stream], pass->turn ? NAME(turned)(now) : now);
                    if (pass->marks) NAME(mark)(pass, place + row[*stream]);
                } else if (copied) {
                    NAME(store)(target + row[*stream], pass->turn ? NAME(turned)(now) : now);
                }
            }
            uint32_t n = *stream++;
            for (; n >= 4; n -= 4, stream += 4) {
                V a = NAME(least)(tile[stream[0]], tile[stream[1]]), b = NAME(least)(tile[stream[2]], tile[stream[3]]);
                least = NAME(least)(least, NAME(least)(a, b));
            }
            for (; n; n--, stream++) least = NAME(least)(least, tile[*stream]);
        }
    }
    return changed;
}

/* The schedule that all places of a vector share, NULL if they share none. */
static inline const uint32_t *NAME(shared)(const Contexts *rest, const NAME(Shares) * shares, uint32_t context) {
    const uint32_t first = rest->starts[context + shares->weight[0]];
    for (int s = 1; s < shares->count; s++)
        if (rest->starts[context + shares->weight[s]] != first) return NULL;
    return rest->stream + first;
}

/* Write out what has become of a tile: new values, or bits of a verdict. */
static inline int NAME(empty)(const Pass *pass, int kind, uint64_t place, const V *tile, V *out, const V *ranks, const V *hidden) {
    const Layout *at = &pass->layout;
    const uint32_t far = at->rows >> at->exchanged, group = 1u << at->exchanged;
    int changed = 0;
    for (uint32_t r = 0; r < far; r++) {
        const size_t first = (size_t)r << at->exchanged;
        V *rows = out + first, differs = NAME(all)(0);
        for (uint32_t c = 0; c < group; c++) {
            const V old = tile[first + c];
            V now = rows[c] | NAME(equal)(old, NAME(all)(ONES));
            if (hidden) now = (now & ~hidden[first + c]) | (old & hidden[first + c]);
            if (kind == NAME(JUDGE)) {
                now = NAME(stays)(now, ranks[first + c]);
            } else {
                differs |= now ^ old;
                if (pass->turn) now = NAME(turned)(now);
            }
            rows[c] = now;
        }
        NAME(exchange_all)(at, rows);
        for (uint32_t c = 0; c < group; c++) {
            const uint64_t to = place + at->row[r] + NAME(partner)(at, c);
            if (kind == NAME(JUDGE)) {
                NAME(put)(pass, to, rows[c]);
            } else {
                NAME(store)((T *)pass->target + to, rows[c]);
            }
        }
        if (kind != NAME(JUDGE) && NAME(any)(differs)) {
            changed = 1;
            if (pass->marks)
                for (uint32_t c = 0; c < group; c++) NAME(mark)(pass, place + at->row[r] + NAME(partner)(at, c));
        }
    }
    return changed;
}

/* The contexts of the fibres side by side in a vector, where they are listed and not computed from bits. */
static void NAME(share_listed)(const uint32_t *of_place, NAME(Shares) * shares) {
    T places[LANES][LANES] = {{0}};
    shares->count = 0;
    for (int l = 0; l < LANES; l++) {
        int s = 0;
        while (s < shares->count && shares->weight[s] != of_place[l]) s++;
        if (s == shares->count) shares->weight[shares->count++] = of_place[l];
        places[s][l] = ONES;
    }
    for (int s = 0; s < shares->count; s++) shares->places[s] = NAME(load)(places[s]);
}

static inline void NAME(work)(const Pass *pass, int kind, void *scratch, size_t first, size_t last) {
    const Layout *at = &pass->layout;
    const size_t steps = at->run / LANES, each = at->columns * steps, rows = at->rows;
    V *tile = scratch, *out = tile + rows, *next = out + rows;
    V *old = tile, *ranks = NULL, *hidden = NULL;
    if (pass->ranks) ranks = next, next += rows;
    if (pass->hidden) hidden = next, old = next + rows;
    NAME(Shares) shares;
    Contexts rest;
    NAME(share)(pass, &shares, &rest);
    const int straight = kind != NAME(IMPROVE) && !at->exchanged && !hidden;
    int changed = 0;
    for (size_t item = first; item < last; item++) {
        const size_t unit = pass->todo ? pass->todo[item / each] : item / each;
        const size_t column = item % each / steps, within = item % steps * LANES;
        const uint64_t place = at->unit[unit] + at->column[column] + within;
        NAME(fill)(at, (const T *)pass->source + place, old);
        if (kind == NAME(MOVE) && straight && pass->source != pass->target) /* rows that nobody is better than */
            for (size_t r = 0; r < rows; r++) NAME(store)((T *)pass->target + place + at->row[r], old[r]);
        if (ranks) NAME(fill)(at, (const T *)pass->ranks + place, ranks);
        if (kind == NAME(JUDGE)) /* no play is worth more than where it begins */
            for (size_t r = 0; r < rows; r++) old[r] = NAME(least)(old[r], ranks[r]);
        if (pass->turn)
            for (size_t r = 0; r < rows; r++) old[r] = NAME(turned)(old[r]);
        if (rest.of_place) NAME(share_listed)(rest.of_place + within, &shares);
        const uint32_t context = NAME(context)(&rest, place, unit);
        if (straight) {
            const uint32_t *stream = NAME(shared)(&rest, &shares, context);
            if (stream) {
                changed |= NAME(play_straight)(pass, kind, stream, place, old);
                continue;
            }
        }
        for (size_t r = 0; r < rows; r++) out[r] = old[r];
        if (hidden) { /* nobody moves to what they do not perceive */
            NAME(fill)(at, (const T *)pass->hidden + place, hidden);
            for (size_t r = 0; r < rows; r++) tile[r] = old[r] | hidden[r];
        }
        if (kind == NAME(IMPROVE)) NAME(play_ranks)(rest.stream + rest.starts[0], tile, ranks, out);
        else NAME(play_all)(&rest, &shares, context, tile, out);
        changed |= NAME(empty)(pass, kind, place, old, out, ranks, hidden);
    }
    if (changed && pass->changed) atomic_store_explicit(pass->changed, 1, memory_order_relaxed);
}

static void NAME(move)(const Pass *pass, void *scratch, size_t first, size_t last) {
    NAME(work)(pass, NAME(MOVE), scratch, first, last);
}
static void NAME(judge)(const Pass *pass, void *scratch, size_t first, size_t last) {
    NAME(work)(pass, NAME(JUDGE), scratch, first, last);
}
static void NAME(improve)(const Pass *pass, void *scratch, size_t first, size_t last) {
    NAME(work)(pass, NAME(IMPROVE), scratch, first, last);
}

static void NAME(codes)(const uint64_t *const *planes, int count, const uint64_t *feasible, void *target, size_t words) {
    T *to = target;
    for (size_t word = 0; word < words; word++)
        for (int shift = 0; shift < 64; shift += LANES, to += LANES) {
            V code = NAME(all)(0);
            for (int k = 0; k < count; k++) code = code + code + (NAME(of_bits)(planes[k][word] >> shift) & NAME(all)(1));
            code = code + NAME(all)(1);
            if (feasible) code |= ~NAME(of_bits)(feasible[word] >> shift);
            NAME(store)(to, code);
        }
}
