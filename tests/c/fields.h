/* The fields of events by type: X(name in C, name in JSON). */
#ifndef FIELDS_H
#define FIELDS_H

#define APIG_TEXTS(X)                              \
    X(http_method, "httpMethod")                   \
    X(path, "path")                                \
    X(body, "body")                                \
    X(request_context_api_id, "apiId")             \
    X(request_context_request_id, "requestId")     \
    X(request_context_stage, "stage")              \
    X(request_context_source_ip, "sourceIp")       \
    X(user_data, "user_data")

#define APIG_MAPS(X)                                       \
    X(path_parameters, "pathParameters")                   \
    X(query_string_parameters, "queryStringParameters")    \
    X(headers, "headers")

#define TIMER_TEXTS(X)                  \
    X(version, "version")               \
    X(time, "time")                     \
    X(trigger_type, "trigger_type")     \
    X(trigger_name, "trigger_name")     \
    X(user_event, "user_event")

#endif
