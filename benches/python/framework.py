"""The same on functions-framework."""

import functions_framework


@functions_framework.http
def handler(request):
    return request.get_json()
