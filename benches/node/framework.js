'use strict';

// The same on functions-framework.

exports.handler = (request, response) => response.json(request.body);
