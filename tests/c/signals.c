/* handle_signals: the first signal stops, whatever has been stopped before and by whom. */
#include "check.h"

#include <dirent.h>
#include <signal.h>

static fg_runtime *handling_signals(void) {
    fg_runtime_options options = {0};
    fg_runtime *runtime = NULL;
    options.struct_size = sizeof options;
    options.handle_signals = 1;
    options.api_address = FG_STR_LIT("127.0.0.1:9");
    SUCCEEDS(fg_runtime_new(&options, &runtime, &err));
    return runtime;
}

static int open_files(void) {
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

/* A freed runtime leaves nothing behind. */
static void freed(void) {
    int before, i;
    fg_runtime_free(handling_signals());
    before = open_files();
    for (i = 0; i < 10; i++) {
        fg_runtime_free(handling_signals());
    }
    CHECK(open_files() == before);
}

/* A stop of one's own is no signal, so the signal that follows is the first. */
static void stopped_before(void) {
    fg_runtime *runtime = handling_signals();
    CHECK_STATUS(FG_OK, fg_runtime_stop(runtime));
    say("a first signal after a stop");
    CHECK(raise(SIGTERM) == 0);
    fg_runtime_free(runtime);
}

int main(void) {
    freed();
    stopped_before();
    return checked();
}
