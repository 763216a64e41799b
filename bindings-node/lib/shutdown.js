'use strict';

// What runs once after the last invocation. Nothing that goes wrong there changes how the process ends.

const { describe } = require('./errors');
const { callHook } = require('./hook');

const NEVER_ENDS = 'the pre-stop handler never ends: it awaits something, and nothing is left that could make it come';

/**
 * Calls the pre-stop handler, and waits for it as long as the settings say.
 * @param {import('./hook').Hook} hook
 * @param {import('./native').Context} context
 */
async function shutDown(hook, context) {
  const problem = await Promise.race([problemOf(hook, context), tooLong(context)]);
  if (problem !== undefined) context.getLogger().error('%s', problem);
}

/**
 * What the handler fails with; undefined if it does not.
 * @param {import('./hook').Hook} hook
 * @param {import('./native').Context} context
 * @returns {Promise<string | undefined>}
 */
async function problemOf(hook, context) {
  try {
    await callHook(hook, context);
    return undefined;
  } catch (error) {
    const { type, message, stackTrace } = describe(error, '');
    return [`the pre-stop handler failed: ${type}: ${message}`, ...stackTrace].join('\n    ');
  }
}

/**
 * That the handler takes longer than it may, once it does.
 * @param {import('./native').Context} context
 * @returns {Promise<string>}
 */
function tooLong(context) {
  const seconds = context.setting('pre_stop_timeout_seconds');
  return new Promise((resolve) => {
    if (typeof seconds !== 'number') return;
    const problem = `the pre-stop handler did not end within ${seconds} s (PRE_STOP_TIMEOUT)`;
    // What the handler awaits keeps the process alive, not this.
    setTimeout(resolve, seconds * 1000, problem).unref();
  });
}

module.exports = { NEVER_ENDS, shutDown };
