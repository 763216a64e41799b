/* What stands at the end of include/fgruntime.h: small helpers that need no symbol of the library. */
#ifdef __cplusplus
extern "C" {
#endif

/** The view of a string literal: FG_STR_LIT("text"). */
#define FG_STR_LIT(literal) (fg_str_of("" literal "", sizeof(literal) - 1))

/** A view of `len` bytes of text. */
static inline fg_str fg_str_of(const char *ptr, size_t len) {
    fg_str view;
    view.ptr = ptr;
    view.len = len;
    return view;
}

/** A view of a text that is ended by NUL; absent for NULL. */
static inline fg_str fg_str_from(const char *text) {
    return fg_str_of(text, text == NULL ? 0 : strlen(text));
}

/** A view of `len` bytes. */
static inline fg_bytes fg_bytes_of(const void *ptr, size_t len) {
    fg_bytes view;
    view.ptr = (const uint8_t *)ptr;
    view.len = len;
    return view;
}

/** The bytes of a text. */
static inline fg_bytes fg_bytes_of_str(fg_str text) {
    return fg_bytes_of(text.ptr, text.len);
}

/** 1 if two texts are the same; absent and empty are not. */
static inline int fg_str_equal(fg_str a, fg_str b) {
    if (a.ptr == NULL || b.ptr == NULL) {
        return a.ptr == b.ptr;
    }
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/** The two arguments that print a view with "%.*s". */
#define FG_ARG(view) (int)(view).len, (view).ptr == NULL ? "" : (const char *)(view).ptr

/** Options with their size and every default. */
static inline fg_runtime_options fg_runtime_options_default(void) {
    fg_runtime_options options;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    return options;
}

/** Options with their size and every default. */
static inline fg_context_options fg_context_options_default(void) {
    fg_context_options options;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    return options;
}

/** Limits with their size and every default. */
static inline fg_limits fg_limits_default(void) {
    fg_limits limits;
    memset(&limits, 0, sizeof limits);
    limits.struct_size = sizeof limits;
    return limits;
}

static inline void fg_logf(const fg_logger *logger, fg_level level, const char *format, ...) FG_PRINTF(3, 4);

/** fg_log with the text made as by printf. The compiler checks the format. Takes memory for texts of 1 KiB and more; without it, these are cut. */
static inline void fg_logf(const fg_logger *logger, fg_level level, const char *format, ...) {
    char small[1024];
    char *large = NULL;
    int length;
    va_list arguments;
    if (!fg_log_enabled(logger, level)) {
        return;
    }
    va_start(arguments, format);
    length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    if ((size_t)length >= sizeof small) {
        large = (char *)malloc((size_t)length + 1);
    }
    if (large != NULL) {
        va_start(arguments, format);
        vsnprintf(large, (size_t)length + 1, format, arguments);
        va_end(arguments);
        fg_log(logger, level, fg_str_of(large, (size_t)length));
        free(large);
    } else {
        size_t fits = (size_t)length < sizeof small ? (size_t)length : sizeof small - 1;
        fg_log(logger, level, fg_str_of(small, fits));
    }
}

#ifdef __cplusplus
}
#endif
