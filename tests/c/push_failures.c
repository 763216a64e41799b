/* Every way in which fg_runtime_run fails before it has called a handler; user data is freed once each time. */
#include "check.h"

static int freed;
static int initialized;

static void count(void *user_data) {
    CHECK(user_data == &freed);
    freed++;
}

static fg_status never_called(void *user_data, fg_invocation *invocation) {
    (void)user_data;
    CHECK(invocation == NULL);
    return FG_OK;
}

static fg_status refuse(void *user_data, const fg_context *context) {
    CHECK(user_data == &freed && context != NULL);
    initialized++;
    return FG_STATUS_IO;
}

static void bad_arguments(void) {
    fg_runtime_options options = {0};
    FAILS(FG_STATUS_NULL, fg_runtime_run(NULL, NULL, &freed, count, &err));
    CHECK(freed == 1);
    FAILS(FG_STATUS_STRUCT_SIZE, fg_runtime_run(&options, never_called, &freed, count, &err));
    CHECK(freed == 2);
    options.struct_size = sizeof options;
    options.api_address = FG_STR_LIT("\xFF");
    FAILS(FG_STATUS_UTF8, fg_runtime_run(&options, never_called, &freed, count, &err));
    CHECK(freed == 3);
    CHECK_STATUS(FG_STATUS_UTF8, fg_runtime_run(&options, never_called, &freed, count, NULL));
    CHECK(freed == 4);
    FAILS(FG_STATUS_UTF8, fg_runtime_run(&options, never_called, NULL, NULL, &err));
    options.api_address = fg_str_from(NULL);
    options.pollers = 1025;
    FAILS(FG_STATUS_RANGE, fg_runtime_run(&options, never_called, NULL, NULL, &err));
}

static void bad_address(void) {
    fg_runtime_options options = {0};
    options.struct_size = sizeof options;
    options.api_address = FG_STR_LIT("nonsense");
    FAILS(FG_STATUS_INVALID_ADDRESS, fg_runtime_run(&options, never_called, &freed, count, &err));
    CHECK(freed == 5);
}

/* The platform gets the error as the answer to its first event. */
static void bad_initializer(void) {
    fg_runtime_options options = {0};
    options.struct_size = sizeof options;
    options.initializer = refuse;
    FAILS(FG_STATUS_INITIALIZER_FAILED, fg_runtime_run(&options, never_called, &freed, count, &err));
    CHECK(freed == 5 && initialized == 1);
}

int main(int argc, char **argv) {
    int with_platform = argc > 1 && strcmp(argv[1], "initializer") == 0;
    bad_arguments();
    if (with_platform) {
        bad_initializer();
    } else {
        bad_address();
    }
    return checked();
}
