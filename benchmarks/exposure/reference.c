/* The cascade of kernels.py in C: the same records, the same luck, the same order of visits, so the same answers.
 *
 * It is what the compiled kernel is measured against, and what its instructions are counted against; nothing else uses it.
 * Compile without contraction of a * b + c, or the last bit of an hour differs.
 */

#include <stdint.h>
#include <string.h>

#ifdef COUNTED
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_START_INSTRUMENTATION
#define CALLGRIND_STOP_INSTRUMENTATION
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(what) (void)(what)
#endif

typedef struct {
    uint32_t begin, degree;
    uint64_t luck;
    double time;
    uint32_t epoch;
    uint16_t seed, queued;
} Node;

typedef struct {
    uint32_t chance, tag, goal; /* goal: place below, law above */
} Link;

enum { PLACE_BITS = 26, SHIFT = 46, HALVINGS = 40, ENTRIES = ((HALVINGS - 1) << (52 - SHIFT)) + 2 };
static const int64_t FIRST = (int64_t)(1023 - HALVINGS) << (52 - SHIFT);

static inline uint64_t stirred(uint64_t bits) {
    bits ^= bits >> 30;
    bits *= 0xBF58476D1CE4E5B9u;
    bits ^= bits >> 27;
    bits *= 0x94D049BB133111EBu;
    return bits ^ bits >> 31;
}

static inline uint64_t drawn(uint64_t luck, Link link) {
    uint64_t bits = (luck ^ link.tag) * 0xD6E8FEB86659FD93u;
    return (bits ^ bits >> 32) * 0xD6E8FEB86659FD93u;
}

/* Hours after which a link that endangers does so: the law's quantile at what its number leaves of its chance. */
static inline double delay(const double *tables, Link link, uint64_t bits) {
    double share = (double)(int64_t)(bits >> 11) / (((double)link.chance + 1.0) * 0x1p21);
    int late = share >= 0.5;
    double side = late ? 1.0 - share : share;
    int64_t in_bits;
    memcpy(&in_bits, &side, sizeof side);
    const double *law = tables + (2 * (link.goal >> PLACE_BITS) + late) * ENTRIES;
    int64_t entry = (in_bits >> SHIFT) - FIRST;
    if (entry < 0)
        return law[0];
    double past = (double)(in_bits & (((int64_t)1 << SHIFT) - 1)) * 0x1p-46;
    return law[entry] + past * (law[entry + 1] - law[entry]);
}

/* The first hundred and sixty bytes of a row: most rows are no longer. */
static inline void fetch(const Link *row) {
    __builtin_prefetch(row);
    __builtin_prefetch(row + 5);
    __builtin_prefetch(row + 10);
}

/* Fill place, time, seed with what is reached, draw by draw; answer how many draws there was room for. */
int64_t spread(Node *restrict nodes, int64_t size, const Link *restrict links, const double *restrict tables,
               uint32_t *restrict queue, int64_t queue_size, uint32_t epoch, const uint32_t *restrict seeds,
               int64_t seed_count, const double *restrict taken, const uint64_t *restrict draws, int64_t draw_count,
               double horizon, uint32_t *restrict place, double *restrict time, uint16_t *restrict seed, int64_t room,
               int64_t *restrict ends) {
    uint64_t events = 0, last = (uint64_t)queue_size - 1;
    for (int64_t draw = 0; draw < draw_count; draw++, taken += seed_count) {
        if (events + (uint64_t)size > (uint64_t)room)
            return draw;
        epoch++;
        uint64_t head = 0, tail = 0, before = events;
        for (int64_t row = 0; row < seed_count; row++) {
            if (taken[row] > horizon)
                continue;
            Node *node = nodes + seeds[row];
            node->epoch = epoch, node->time = taken[row], node->seed = (uint16_t)row, node->queued = 1;
            queue[tail++ & last] = place[events++] = seeds[row];
        }
        while (head < tail) {
            Node *node = nodes + queue[head++ & last];
            node->queued = 0;
            const uint64_t luck = stirred(node->luck + draws[draw]);
            const double since = node->time; /* no link leads back to its own node: it stands still */
            const uint16_t from = node->seed;
            const Link *link = links + node->begin, *end = link + node->degree;
            for (; link < end; link++) {
                uint64_t bits = drawn(luck, *link);
                if (bits >> 32 > link->chance)
                    continue;
                double hour = since + delay(tables, *link, bits);
                if (hour > horizon)
                    continue;
                uint32_t goal = link->goal & ((1u << PLACE_BITS) - 1);
                Node *other = nodes + goal;
                if (other->epoch != epoch) {
                    fetch(links + other->begin);
                    other->epoch = epoch, other->queued = 0;
                    place[events++] = goal;
                } else if (hour > other->time || (hour == other->time && from >= other->seed)) {
                    continue;
                }
                other->time = hour, other->seed = from;
                if (!other->queued) {
                    other->queued = 1;
                    queue[tail++ & last] = goal;
                }
            }
        }
        for (uint64_t event = before; event < events; event++) {
            time[event] = nodes[place[event]].time;
            seed[event] = nodes[place[event]].seed;
        }
        ends[draw] = (int64_t)events;
    }
    return draw_count;
}

/* For counting instructions: nothing but what stands between these two is counted. */
void begin_count(void) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

void end_count(const char *what) {
    CALLGRIND_DUMP_STATS_AT(what);
    CALLGRIND_STOP_INSTRUMENTATION;
}
