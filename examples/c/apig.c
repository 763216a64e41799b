/* Answers an API Gateway event: greets whoever the query names.
 *
 *     fgruntime invoke -e apig --set queryStringParameters.name=Ada -- ./apig
 */
#include <fgruntime.h>

static fg_status answer(fg_invocation *invocation, fg_str body) {
    fg_apig_response *response = NULL;
    fg_str type = FG_STR_LIT("text/plain; charset=utf-8");
    fg_status status = fg_apig_response_new(&response, NULL);
    if (status == FG_OK) status = fg_apig_response_set_header(response, FG_STR_LIT("Content-Type"), type, NULL);
    if (status == FG_OK) status = fg_apig_response_set_body(response, body, NULL);
    if (status == FG_OK) status = fg_invocation_respond_apig(invocation, response, NULL);
    fg_apig_response_free(response);
    return status;
}

static fg_status handle(void *user_data, fg_invocation *invocation) {
    const fg_logger *logger = fg_context_logger(fg_invocation_context(invocation));
    const fg_event *event = NULL;
    fg_status status = fg_invocation_event(invocation, &event, NULL);
    fg_str name = fg_map_get(fg_apig_query_string_parameters(event), FG_STR_LIT("name"));
    size_t room;
    char *body;
    (void)user_data;
    if (status != FG_OK) return status;
    if (name.ptr == NULL) name = FG_STR_LIT("world");
    fg_logf(logger, FG_LEVEL_INFO, "greeting %.*s", FG_ARG(name));
    room = name.len + sizeof "Hello, !\n";
    body = (char *)malloc(room);
    if (body == NULL) return FG_STATUS_OUT_OF_MEMORY;
    snprintf(body, room, "Hello, %.*s!\n", FG_ARG(name));
    status = answer(invocation, fg_str_from(body));
    free(body);
    return status;
}

int main(void) {
    fg_runtime_options options = fg_runtime_options_default();
    fg_error *error = NULL;
    options.handle_signals = 1;
    if (fg_runtime_run(&options, handle, NULL, NULL, &error) != FG_OK) {
        fg_str why = fg_error_message(error);
        fprintf(stderr, "apig: %.*s\n", FG_ARG(why));
        fg_error_free(error);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
