/* What single calls cost from C: one line `name nanoseconds` each. Its arguments are the files of the three events. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <fgruntime.h>
#include <time.h>
#include <unistd.h>

#define SAMPLES 25
#define SAMPLE_NS 4e6

/* Where results go; standard output takes the log lines. */
static FILE *results;
static volatile size_t kept;

static double now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double time_ns(void (*call)(const void *), const void *argument, long calls) {
    double start = now_ns();
    long at;
    for (at = 0; at < calls; at++) {
        call(argument);
    }
    return now_ns() - start;
}

/* Reports the best of several samples, each long enough for the clock to matter little. */
static void report(const char *name, void (*call)(const void *), const void *argument) {
    long calls = 1;
    double best = -1;
    int sample;
    while (time_ns(call, argument, calls) < SAMPLE_NS) {
        calls *= 2;
    }
    for (sample = 0; sample < SAMPLES; sample++) {
        double time = time_ns(call, argument, calls);
        best = best < 0 || time < best ? time : best;
    }
    fprintf(results, "%s %.1f\n", name, best / (double)calls);
}

static void call_nothing(const void *argument) {
    (void)argument;
    kept = fg_abi_version();
}

static void call_getter(const void *event) {
    kept = fg_apig_path((const fg_event *)event).len;
}

static void parse(const void *payload) {
    fg_event *event = NULL;
    if (fg_event_parse(*(const fg_bytes *)payload, &event, NULL) != FG_OK) {
        exit(EXIT_FAILURE);
    }
    fg_event_free(event);
}

static void log_line(const void *logger) {
    fg_log((const fg_logger *)logger, FG_LEVEL_INFO, FG_STR_LIT("order 4711 was shipped to Ada"));
}

static void log_below(const void *logger) {
    fg_log((const fg_logger *)logger, FG_LEVEL_DEBUG, FG_STR_LIT("order 4711 was shipped to Ada"));
}

static void make_response(const void *argument) {
    fg_apig_response *response = NULL;
    (void)argument;
    fg_apig_response_new(&response, NULL);
    fg_apig_response_set_header(response, FG_STR_LIT("Content-Type"), FG_STR_LIT("text/plain"), NULL);
    fg_apig_response_set_body(response, FG_STR_LIT("hello, world"), NULL);
    fg_apig_response_free(response);
}

static fg_bytes read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    size_t room = 4 << 20;
    char *text = (char *)malloc(room);
    size_t length;
    if (file == NULL || text == NULL) {
        exit(EXIT_FAILURE);
    }
    length = fread(text, 1, room, file);
    fclose(file);
    return fg_bytes_of(text, length);
}

static void report_events(char **files) {
    const char *names[] = {"event parse and free, 0.9 KB", "event parse and free, 132 KB", "event parse and free, 1.27 MB"};
    fg_event *event = NULL;
    int at;
    for (at = 0; at < 3; at++) {
        fg_bytes payload = read_file(files[at]);
        report(names[at], parse, &payload);
        if (at == 0 && fg_event_parse(payload, &event, NULL) == FG_OK) {
            report("C call that reads a field", call_getter, event);
            fg_event_free(event);
        }
        free((void *)payload.ptr);
    }
}

int main(int count, char **arguments) {
    fg_context_options options = fg_context_options_default();
    fg_context *context = NULL;
    options.request_id = FG_STR_LIT("9f86d081-884c-4d65-9a2f-eaa0c55ad015");
    results = fdopen(dup(STDOUT_FILENO), "w");
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    if (count < 4 || results == NULL || fg_context_new(&options, &context, NULL) != FG_OK) {
        return EXIT_FAILURE;
    }
    report("C call that does nothing", call_nothing, NULL);
    report_events(arguments + 1);
    report("log line, to /dev/null", log_line, fg_context_logger(context));
    report("log line below the level", log_below, fg_context_logger(context));
    report("response made and freed", make_response, NULL);
    fg_context_free(context);
    return fclose(results);
}
