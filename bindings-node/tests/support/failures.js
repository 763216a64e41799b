'use strict';

// Functions that cannot be called.

const assert = require('node:assert/strict');

const ENTRY = 'function entry exception, error: ';
const INITIALIZATION = 'function initialization exception, error: ';

/**
 * The first event is answered with the reason, which is in the log too, and the process ends.
 * @param {any} running
 * @param {string} errorType
 * @param {string} message Its beginning.
 * @param {string[]} [parts] What else the reply has.
 */
async function checkFailure(running, errorType, message, parts = []) {
  const reply = await running.ask({});
  assert.equal(reply.outcome, 'error');
  const { errorType: type, errorMessage, stackTrace = [] } = reply.json;
  assert.equal(type, errorType, reply.text);
  assert.equal(errorMessage.slice(0, message.length), message);
  for (const part of parts) assert(reply.text.includes(part), `${part} is not in ${reply.text}`);
  assert(!/node:|bindings-node|node_modules/.test(stackTrace.join()), reply.text);
  const { status, out } = await running.ended();
  assert.equal(status, 1);
  assert(out.includes(` - ERROR ${errorMessage}`), out);
}

module.exports = { ENTRY, INITIALIZATION, checkFailure };
