/* Structures of other sizes than the library's: refused, or read as older and newer callers mean them. */
#include "check.h"

/* Larger than any of the structures, for tails. */
union padded {
    size_t struct_size;
    fg_limits limits;
    fg_context_options context;
    fg_runtime_options runtime;
    unsigned char bytes[128 * 1024];
};

typedef fg_status (*reader)(const union padded *options, fg_error **err);

static fg_status read_limits(const union padded *options, fg_error **err) {
    fg_event *event = NULL;
    fg_status status = fg_event_parse_as(FG_KIND_UNKNOWN, fg_bytes_of("[]", 2), &options->limits, &event, err);
    CHECK((event != NULL) == (status == FG_OK));
    fg_event_free(event);
    return status;
}

static fg_status read_context_options(const union padded *options, fg_error **err) {
    fg_context *context = NULL;
    fg_status status = fg_context_new(&options->context, &context, err);
    CHECK((context != NULL) == (status == FG_OK));
    fg_context_free(context);
    return status;
}

static fg_status read_runtime_options(const union padded *options, fg_error **err) {
    fg_runtime *runtime = NULL;
    fg_status status = fg_runtime_new(&options->runtime, &runtime, err);
    CHECK((runtime != NULL) == (status == FG_OK));
    fg_runtime_free(runtime);
    return status;
}

/* The first size is that in the first version of the ABI. */
static const struct {
    reader read;
    size_t first_size;
    size_t size;
} STRUCTURES[] = {
    {read_limits, sizeof(fg_limits), sizeof(fg_limits)},
    {read_context_options, offsetof(fg_context_options, variables), sizeof(fg_context_options)},
    {read_runtime_options, offsetof(fg_runtime_options, default_transport), sizeof(fg_runtime_options)},
};

static void sizes(reader read, size_t first_size, size_t size) {
    static union padded options;
    static const size_t tails[] = {1, sizeof(size_t), 4096};
    static const size_t wrong[] = {0, 1, sizeof(size_t), sizeof options.bytes, SIZE_MAX / 2, SIZE_MAX};
    size_t i;
    memset(&options, 0, sizeof options);
    options.struct_size = size;
    SUCCEEDS(read(&options, &err));
    for (i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        options.struct_size = size + tails[i];
        SUCCEEDS(read(&options, &err));
        options.bytes[size + tails[i] - 1] = 1;
        FAILS(FG_STATUS_STRUCT_SIZE, read(&options, &err));
        options.bytes[size + tails[i] - 1] = 0;
    }
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        options.struct_size = wrong[i];
        FAILS(FG_STATUS_STRUCT_SIZE, read(&options, &err));
    }
    options.struct_size = first_size;
    SUCCEEDS(read(&options, &err));
    options.struct_size = first_size - 1;
    FAILS(FG_STATUS_STRUCT_SIZE, read(&options, &err));
}

static void addresses(void) {
    static const char *const wrong[] = {"localhost", "host:", ":80", "http://127.0.0.1:80", "a b:1", "h:65536", "h:0"};
    fg_runtime_options options = {0};
    fg_runtime *runtime = NULL;
    size_t i;
    options.struct_size = sizeof options;
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        options.api_address = fg_str_from(wrong[i]);
        FAILS(FG_STATUS_INVALID_ADDRESS, fg_runtime_new(&options, &runtime, &err));
    }
    options.api_address = FG_STR_LIT("127.0.0.1:1\xFF");
    FAILS(FG_STATUS_UTF8, fg_runtime_new(&options, &runtime, &err));
    options.api_address = fg_str_of("x", SIZE_MAX);
    FAILS(FG_STATUS_LENGTH, fg_runtime_new(&options, &runtime, &err));
    options.api_address = FG_STR_LIT("");
    FAILS(FG_STATUS_NO_ADDRESS, fg_runtime_new(&options, &runtime, &err));
    CHECK(runtime == NULL);
}

/* The member that came later: zero is the default, others are refused, and the environment has the last word. */
static void transports(void) {
    static const uint32_t polling[] = {FG_TRANSPORT_DEFAULT, FG_TRANSPORT_POLL};
    fg_runtime_options options = {0};
    fg_runtime *runtime = NULL;
    size_t i;
    options.struct_size = sizeof options;
    options.api_address = FG_STR_LIT("127.0.0.1:39");
    for (i = 0; i < 2; i++) {
        options.default_transport = polling[i];
        SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
        fg_runtime_free(runtime);
    }
    options.default_transport = 4;
    FAILS(FG_STATUS_RANGE, fg_runtime_new(&options, &runtime, &err));
    /* Over go-rpc the address is the function's own, and this one is nobody's here. */
    options.default_transport = FG_TRANSPORT_GO_RPC;
    options.api_address = FG_STR_LIT("192.0.2.1:9");
    FAILS(FG_STATUS_IO, fg_runtime_new(&options, &runtime, &err));
    CHECK(setenv("FGRUNTIME_TRANSPORT", "POLL", 1) == 0);
    SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
    fg_runtime_free(runtime);
    CHECK(setenv("FGRUNTIME_TRANSPORT", "smoke", 1) == 0);
    FAILS(FG_STATUS_UNKNOWN_TRANSPORT, fg_runtime_new(&options, &runtime, &err));
    CHECK(unsetenv("FGRUNTIME_TRANSPORT") == 0);
}

static void ignore(void *user_data, fg_str record) {
    (void)user_data;
    (void)record;
}

static void count(void *user_data) {
    ++*(int *)user_data;
}

/* The user data of the log is freed once, whatever becomes of the call; after a wrong size it stays the caller's. */
static void log_user_data(void) {
    fg_runtime_options options = {0};
    fg_runtime *runtime = NULL;
    int freed = 0;
    options.log_output = ignore;
    options.log_user_data = &freed;
    options.log_user_data_free = count;
    FAILS(FG_STATUS_STRUCT_SIZE, fg_runtime_new(&options, &runtime, &err));
    CHECK(freed == 0);
    options.struct_size = sizeof options;
    SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
    CHECK(freed == 0);
    fg_runtime_free(runtime);
    CHECK(freed == 1);
    options.api_address = FG_STR_LIT("nonsense");
    FAILS(FG_STATUS_INVALID_ADDRESS, fg_runtime_new(&options, &runtime, &err));
    CHECK(freed == 2);
    options.api_address = FG_STR_LIT("\xFF");
    FAILS(FG_STATUS_UTF8, fg_runtime_new(&options, &runtime, &err));
    CHECK(freed == 3);
    options.api_address = fg_str_from(NULL);
    FAILS(FG_STATUS_NULL, fg_runtime_new(&options, NULL, &err));
    CHECK(freed == 4);
    options.log_output = NULL;
    SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
    fg_runtime_free(runtime);
    CHECK(freed == 5);
}

int main(void) {
    size_t i;
    CHECK(setenv("RUNTIME_API_ADDR", "127.0.0.1:9", 1) == 0);
    for (i = 0; i < sizeof STRUCTURES / sizeof STRUCTURES[0]; i++) {
        sizes(STRUCTURES[i].read, STRUCTURES[i].first_size, STRUCTURES[i].size);
    }
    addresses();
    transports();
    log_user_data();
    return checked();
}
