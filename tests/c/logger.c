/* Records, levels, clones, fg_logf; the records go to standard output, which is a file here to be read back. */
#include "check.h"

#include <unistd.h>

static const fg_logger *logger;
static FILE *captured;
static char text[400 * 1024];

/* What has been written since the last call. */
static const char *records(void) {
    size_t len;
    rewind(captured);
    len = fread(text, 1, sizeof text - 1, captured);
    text[len] = '\0';
    CHECK(ftruncate(fileno(captured), 0) == 0);
    CHECK(lseek(fileno(captured), 0, SEEK_SET) == 0);
    return text;
}

static int ends_with(const char *record, const char *end) {
    size_t len = strlen(record), wanted = strlen(end);
    return len >= wanted && strcmp(record + len - wanted, end) == 0;
}

static void levels(void) {
    fg_log(logger, FG_LEVEL_INFO, FG_STR_LIT("one"));
    CHECK(ends_with(records(), " id-1 INFO one\n"));
    fg_log(logger, FG_LEVEL_NONE, FG_STR_LIT("two"));
    CHECK(ends_with(records(), " id-1 two\n"));
    fg_log(logger, FG_LEVEL_WARN, FG_STR_LIT(""));
    CHECK(ends_with(records(), " id-1 WARN \n"));
    fg_log(logger, FG_LEVEL_ERROR, FG_STR_LIT("\xFF"));
    CHECK(ends_with(records(), " id-1 ERROR \xEF\xBF\xBD\n"));
    fg_log(logger, FG_LEVEL_DEBUG, FG_STR_LIT("below the threshold"));
    fg_log(logger, 5, FG_STR_LIT("no level"));
    fg_log(logger, -1, FG_STR_LIT("no level"));
    fg_log(logger, FG_LEVEL_INFO, fg_str_from(NULL));
    fg_log(logger, FG_LEVEL_INFO, fg_str_of(NULL, 3));
    fg_log(logger, FG_LEVEL_INFO, fg_str_of("x", SIZE_MAX));
    fg_log(NULL, FG_LEVEL_INFO, FG_STR_LIT("x"));
    CHECK(strcmp(records(), "") == 0);
}

static void thresholds(void) {
    CHECK(fg_log_enabled(logger, FG_LEVEL_INFO) == 1);
    CHECK(fg_log_enabled(logger, FG_LEVEL_DEBUG) == 0);
    CHECK(fg_log_enabled(logger, FG_LEVEL_NONE) == 1);
    CHECK(fg_log_enabled(logger, 99) == 0);
    SUCCEEDS(fg_logger_set_level(logger, FG_LEVEL_ERROR, &err));
    CHECK(fg_log_enabled(logger, FG_LEVEL_WARN) == 0);
    fg_logf(logger, FG_LEVEL_WARN, "%s", "dropped");
    CHECK(strcmp(records(), "") == 0);
    FAILS(FG_STATUS_RANGE, fg_logger_set_level(logger, FG_LEVEL_NONE, &err));
    FAILS(FG_STATUS_RANGE, fg_logger_set_level(logger, 5, &err));
    FAILS(FG_STATUS_RANGE, fg_logger_set_level(logger, INT32_MIN, &err));
    CHECK(fg_log_enabled(logger, FG_LEVEL_ERROR) == 1 && fg_log_enabled(logger, FG_LEVEL_WARN) == 0);
    SUCCEEDS(fg_logger_set_level(logger, FG_LEVEL_INFO, &err));
}

static void formatted(void) {
    fg_logf(logger, FG_LEVEL_INFO, "%s is %d%%", "it", 100);
    CHECK(ends_with(records(), " INFO it is 100%\n"));
    fg_logf(logger, FG_LEVEL_INFO, "%.*s", 2, "abc");
    CHECK(ends_with(records(), " INFO ab\n"));
    fg_logf(logger, FG_LEVEL_INFO, "%s", "");
    CHECK(ends_with(records(), " INFO \n"));
    fg_logf(NULL, FG_LEVEL_INFO, "%d", 1);
    CHECK(strcmp(records(), "") == 0);
}

/* A NUL in the middle is part of the text, as it is for fg_log. */
static void formatted_nul(void) {
    const char *record;
    fg_logf(logger, FG_LEVEL_INFO, "before%cafter", '\0');
    record = records();
    CHECK(strstr(record, "before") != NULL && ends_with(record + strlen(record) + 1, "after\n"));
}

/* Around the length from which it takes memory, and far beyond. */
static void formatted_at_length(void) {
    static const int lengths[] = {1022, 1023, 1024, 1025, 4096, 80 * 1024};
    size_t i;
    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        const char *record;
        fg_logf(logger, FG_LEVEL_INFO, "%0*d", lengths[i], 7);
        record = strstr(records(), " INFO ");
        CHECK(record != NULL && strlen(record) == (size_t)lengths[i] + 7 && ends_with(record, "07\n"));
    }
}

/* What is too long for one record is several, each complete. */
static void long_records(void) {
    size_t len = 200 * 1024, lines = 0;
    char *long_text = (char *)malloc(len);
    const char *line;
    memset(long_text, 'x', len);
    fg_log(logger, FG_LEVEL_INFO, fg_str_of(long_text, len));
    for (line = strstr(records(), " id-1 INFO "); line != NULL; line = strstr(line + 1, " id-1 INFO ")) {
        lines++;
    }
    CHECK(lines == 3 && ends_with(text, "x\n"));
    free(long_text);
}

static void secrets(void) {
    fg_log(logger, FG_LEVEL_INFO, FG_STR_LIT("token=secret-token-of-mine."));
    CHECK(strstr(records(), "secret-token-of-mine") == NULL && ends_with(text, ".\n"));
}

static void outliving(fg_context *context) {
    fg_logger *clone = NULL;
    SUCCEEDS(fg_logger_set_level(logger, FG_LEVEL_DEBUG, &err));
    SUCCEEDS(fg_logger_clone(logger, &clone, &err));
    fg_context_free(context);
    fg_log(clone, FG_LEVEL_DEBUG, FG_STR_LIT("still here"));
    CHECK(ends_with(records(), " id-1 DEBUG still here\n"));
    fg_logger_free(clone);
    fg_logger_free(NULL);
}

int main(void) {
    fg_context_options options = {0};
    fg_context *context = NULL;
    fg_pair header;
    int results = dup(STDOUT_FILENO);
    header.name = FG_STR_LIT("X-CFF-Security-Token");
    header.value = FG_STR_LIT("secret-token-of-mine");
    options.struct_size = sizeof options;
    options.request_id = FG_STR_LIT("id-1");
    options.headers = &header;
    options.header_count = 1;
    captured = tmpfile();
    CHECK(captured != NULL && dup2(fileno(captured), STDOUT_FILENO) == STDOUT_FILENO);
    /* What fails is told where the records do not go. */
    CHECK(dup2(results, STDERR_FILENO) == STDERR_FILENO);
    SUCCEEDS(fg_context_new(&options, &context, &err));
    logger = fg_context_logger(context);
    levels();
    thresholds();
    formatted();
    formatted_nul();
    formatted_at_length();
    long_records();
    secrets();
    outliving(context);
    CHECK(dup2(results, STDOUT_FILENO) == STDOUT_FILENO);
    fclose(captured);
    close(results);
    return checked();
}
