'use strict';

// What a handler gave, as what is sent.

/**
 * @param {import('./native').Invocation} invocation
 * @param {unknown} result
 */
function respond(invocation, result) {
  if (result === undefined || result === null) return invocation.respondNone();
  if (typeof result === 'string') return invocation.respondText(result);
  if (result instanceof Uint8Array) return invocation.respondBytes(result);
  let json;
  try {
    json = JSON.stringify(result);
  } catch (error) {
    const { problemOf } = require('./json_problem');
    return invocation.fail('FunctionResultInvalid', problemOf(result, error), []);
  }
  if (json !== undefined) return invocation.respondJson(json);
  const message = `the result cannot be written as JSON: it is a ${typeof result}`;
  return invocation.fail('FunctionResultInvalid', message, []);
}

module.exports = { respond };
