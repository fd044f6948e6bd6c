#include <string.h>

#include "kernels.h"

/* Postfix: 0 false, 1 true, 2 not, 3 and, 4 or, 5 iff, 6 "first if second"; 16 + k: option k is taken. */
enum { FALSE_, TRUE_, NOT, AND, OR, IFF, IF, OPTION = 16 };

int program_is_sound(const uint8_t *program, size_t length) {
    int depth = 0;
    for (size_t k = 0; k < length; k++) {
        if (program[k] == FALSE_ || program[k] == TRUE_ || (program[k] >= OPTION && program[k] < OPTION + MOST_BITS)) depth++;
        else if (program[k] == NOT && depth >= 1) continue;
        else if (program[k] >= AND && program[k] <= IF && depth >= 2) depth--;
        else return 0;
        if (depth > MOST_DEPTH) return 0;
    }
    return depth == 1;
}

void run_program(const uint8_t *program, size_t length, uint64_t first, uint64_t *out) {
    static const uint64_t within[6] = {0xAAAAAAAAAAAAAAAAu, 0xCCCCCCCCCCCCCCCCu, 0xF0F0F0F0F0F0F0F0u,
                                       0xFF00FF00FF00FF00u, 0xFFFF0000FFFF0000u, 0xFFFFFFFF00000000u};
    uint64_t stack[MOST_DEPTH + 1][WORDS_AT_ONCE];
    int top = -1;
    for (size_t k = 0; k < length; k++) {
        const uint8_t what = program[k];
        if (what >= NOT && what <= IF) {
            uint64_t *a = stack[top], *b = a;
            if (what != NOT) a = stack[--top];
            for (int w = 0; w < WORDS_AT_ONCE; w++)
                switch (what) {
                case NOT: a[w] = ~a[w]; break;
                case AND: a[w] &= b[w]; break;
                case OR: a[w] |= b[w]; break;
                case IFF: a[w] = ~(a[w] ^ b[w]); break;
                default: a[w] |= ~b[w]; break;
                }
            continue;
        }
        uint64_t *a = stack[++top];
        for (int w = 0; w < WORDS_AT_ONCE; w++) {
            const int option = what - OPTION;
            if (what < OPTION) a[w] = what == TRUE_ ? ~(uint64_t)0 : 0;
            else if (option < 6) a[w] = within[option];
            else a[w] = (first + 64 * (uint64_t)w) >> option & 1 ? ~(uint64_t)0 : 0;
        }
    }
    memcpy(out, stack[0], sizeof stack[0]);
}
