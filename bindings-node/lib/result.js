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
  const what = typeof result === 'object' ? 'an object whose toJSON gives none' : `a ${typeof result}`;
  const message = `the result cannot be written as JSON: ${what} at the top level`;
  return invocation.fail('FunctionResultInvalid', message, []);
}

module.exports = { respond };
