'use strict';

// What is called once, with nothing but the context: the initializer before all invocations, the pre-stop handler after them.

const { checkArity } = require('./call');

/** @typedef {{ function: Function, hasCallback: boolean }} Hook */

/**
 * @param {Function} callable
 * @param {string} what
 * @returns {Hook}
 */
function prepareHook(callable, what) {
  checkArity(callable, [1, 2], `${what} expect to have 2 parameters`, '(context, callback) => …');
  return { function: callable, hasCallback: callable.length === 2 };
}

/**
 * Fulfilled when it has returned, its promise is fulfilled, or it has called its callback.
 * @param {Hook} hook
 * @param {import('./native').Context} context
 * @returns {Promise<void>}
 */
async function callHook({ function: callable, hasCallback }, context) {
  if (!hasCallback) return void (await callable(context));
  await new Promise((resolve, reject) => {
    const callback = (/** @type {unknown} */ error) =>
      error === undefined || error === null ? resolve(undefined) : reject(error);
    const returned = callable(context, callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
  });
}

module.exports = { callHook, prepareHook };
