#define _GNU_SOURCE
#include "pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST = 64 };

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER; /* held by whoever gives work */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of everything below */
static pthread_cond_t begin = PTHREAD_COND_INITIALIZER, end = PTHREAD_COND_INITIALIZER;
static int started, active, open_now; /* threads there are; those at work; whether there is work for more */
static unsigned long job;

static pool_work work_now;
static void *what_now;
static size_t items_now, grain_now;
static atomic_size_t next_now;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int size_of_pool;

/* A child of fork has none of the threads: it begins anew. */
static void after_fork(void) {
    pthread_mutex_init(&busy, NULL);
    pthread_mutex_init(&lock, NULL);
    pthread_cond_init(&begin, NULL);
    pthread_cond_init(&end, NULL);
    started = active = open_now = 0;
}

static void set_up(void) {
    const char *asked = getenv("DETENTE_THREADS");
    long count = asked ? strtol(asked, NULL, 10) : 0;
    if (count < 1) {
#ifdef __linux__
        cpu_set_t set;
        count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
#else
        count = sysconf(_SC_NPROCESSORS_ONLN);
#endif
    }
    size_of_pool = count < 1 ? 1 : count > MOST ? MOST : (int)count;
    pthread_atfork(NULL, NULL, after_fork);
}

int pool_size(void) {
    pthread_once(&once, set_up);
    return size_of_pool;
}

static void take_parts(int worker) {
    for (;;) {
        size_t first = atomic_fetch_add(&next_now, grain_now);
        if (first >= items_now) return;
        size_t last = items_now - first < grain_now ? items_now : first + grain_now;
        work_now(what_now, worker, first, last);
    }
}

static void *wait_for_work(void *number) {
    unsigned long seen = 0;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!open_now || job == seen) pthread_cond_wait(&begin, &lock);
        seen = job;
        active++;
        pthread_mutex_unlock(&lock);
        take_parts((int)(size_t)number);
        pthread_mutex_lock(&lock);
        if (--active == 0) pthread_cond_signal(&end);
    }
    return NULL;
}

/* Start what threads are missing; the job that is about to be given is their first.  Called with `busy` and `lock` held. */
static void start_threads(void) {
    while (started < pool_size() - 1) {
        pthread_t thread;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        int failed = pthread_create(&thread, &attributes, wait_for_work, (void *)(size_t)(started + 1));
        pthread_attr_destroy(&attributes);
        if (failed) return;
        started++;
    }
}

void pool_run(pool_work work, void *what, size_t items, size_t grain) {
    if (items <= grain || pool_size() == 1 || pthread_mutex_trylock(&busy) != 0) {
        if (items) work(what, 0, 0, items);
        return;
    }
    pthread_mutex_lock(&lock);
    start_threads();
    work_now = work, what_now = what, items_now = items, grain_now = grain;
    atomic_store(&next_now, 0);
    open_now = 1;
    job++;
    pthread_cond_broadcast(&begin);
    pthread_mutex_unlock(&lock);
    take_parts(0);
    pthread_mutex_lock(&lock);
    open_now = 0; /* who has not woken by now is not waited for */
    while (active) pthread_cond_wait(&end, &lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&busy);
}
