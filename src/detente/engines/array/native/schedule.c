#include <stdlib.h>
#include <string.h>

#include "kernels.h"

/* A schedule is one part for each set of one-way options that a row may have taken, since rows of one part reach the same rows:

       parts, { groups, { takers, rows that take over the least so far..., givers, rows that are then counted in... } }

   For any moves the givers of a part come first.  For improvements the groups go down from the most preferred rows, equal ones together. */

static int add(Stream *stream, uint32_t word) {
    if (stream->length == stream->room) {
        size_t room = stream->room ? 2 * stream->room : 1024;
        uint32_t *larger = room > UINT32_MAX ? NULL : realloc(stream->stream, room * sizeof *larger);
        if (!larger) return 0;
        stream->stream = larger, stream->room = room;
    }
    stream->stream[stream->length++] = word;
    return 1;
}

/* Sort rows from the most preferred down, equal ones as they were; `other` is room. */
static void sort_rows(uint32_t *order, uint32_t *other, uint32_t rows, const uint32_t *codes) {
    for (uint64_t width = 1; width < rows; width *= 2) {
        for (uint64_t first = 0; first < rows; first += 2 * width) {
            uint64_t middle = first + width < rows ? first + width : rows;
            uint64_t last = first + 2 * width < rows ? first + 2 * width : rows;
            for (uint64_t a = first, b = middle, k = first; k < last; k++)
                other[k] = b == last || (a < middle && codes[order[a]] >= codes[order[b]]) ? order[a++] : order[b++];
        }
        memcpy(order, other, rows * sizeof *order);
    }
}

typedef struct {
    uint32_t rows;
    const uint32_t *strategies, *order, *codes;
    uint32_t one_way, only_on, only_off;
} Fibre;

static int may(const Fibre *f, uint32_t from, uint32_t to) {
    return !(to & ~from & f->only_off) && !(from & ~to & f->only_on);
}

/* The part of the rows that have taken just `part` of the one-way options. */
static int append_part(Stream *stream, const Fibre *f, uint32_t part) {
    const size_t head = stream->length;
    size_t givers = 0; /* where their number stands in the last group */
    size_t useful = head + 1; /* where the part ends if nobody takes over any more */
    if (!add(stream, 0)) return 0;
    for (uint32_t first = 0, last; first < f->rows; first = last) {
        for (last = first + 1; f->codes && last < f->rows && f->codes[f->order[last]] == f->codes[f->order[first]];) last++;
        if (!f->codes) last = f->rows;
        if (givers) { /* there is something to take over */
            const size_t takers = stream->length;
            if (!add(stream, 0)) return 0;
            for (uint32_t k = first; k < last; k++)
                if ((f->strategies[f->order[k]] & f->one_way) == part) {
                    if (!add(stream, f->order[k])) return 0;
                    stream->stream[takers]++;
                }
            if (stream->stream[takers]) {
                stream->stream[head]++;
                useful = stream->length;
                givers = stream->length;
                if (!add(stream, 0)) return 0;
            } else {
                stream->length = takers; /* they are counted in with the group before */
            }
        } else {
            stream->stream[head]++;
            givers = stream->length + 1;
            if (!add(stream, 0) || !add(stream, 0)) return 0;
        }
        for (uint32_t k = first; k < last; k++)
            if (may(f, part, f->strategies[f->order[k]])) {
                if (!add(stream, f->order[k])) return 0;
                stream->stream[givers]++;
            }
    }
    if (!f->codes) { /* any moves: what was counted in is taken over afterwards */
        const size_t takers = stream->length;
        stream->stream[head]++;
        if (!add(stream, 0)) return 0;
        for (uint32_t k = 0; k < f->rows; k++)
            if ((f->strategies[k] & f->one_way) == part) {
                if (!add(stream, k)) return 0;
                stream->stream[takers]++;
            }
        return add(stream, 0);
    }
    if (useful == head + 1) stream->stream[head] = 0, stream->length = useful;
    else stream->stream[useful] = 0, stream->length = useful + 1;
    return 1;
}

uint32_t append_schedule(Stream *stream, uint32_t rows, const uint32_t *strategies, uint32_t only_on, uint32_t only_off,
                         const uint32_t *codes, uint32_t *order) {
    const size_t start = stream->length;
    const Fibre f = {rows, strategies, order, codes, only_on | only_off, only_on, only_off};
    for (uint32_t r = 0; r < rows; r++) order[r] = r;
    if (codes) sort_rows(order, order + rows, rows, codes);
    if (!add(stream, 0)) return UINT32_MAX;
    for (uint32_t part = 0;;) {
        uint32_t here = 0;
        for (uint32_t r = 0; r < rows && !here; r++) here = (strategies[r] & f.one_way) == part;
        if (here) {
            if (!append_part(stream, &f, part)) return UINT32_MAX;
            stream->stream[start]++;
        }
        if ((part = (part - f.one_way) & f.one_way) == 0) break;
    }
    return (uint32_t)start;
}
