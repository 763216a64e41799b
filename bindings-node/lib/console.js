'use strict';

// `console` writes to the log of the request that it is called in. Its other methods, such as `table`, call these.

const { format, inspect } = require('node:util');
const current = require('./current');
const { framesOf } = require('./errors');

/** What each method of `console` is in a logger. */
const METHODS = /** @type {const} */ ({
  log: 'info',
  info: 'info',
  dirxml: 'info',
  debug: 'debug',
  warn: 'warn',
  error: 'error',
});

/**
 * What is written outside of any request goes to `outside`.
 * @param {import('../index').Logger} outside
 */
function redirect(outside) {
  const logger = () => current.getStore()?.context.getLogger() ?? outside;
  for (const [name, method] of Object.entries(METHODS)) {
    console[/** @type {keyof typeof METHODS} */ (name)] = (...values) => logger()[method](...values);
  }
  console.dir = (value, options) => logger().info(inspect(value, { customInspect: false, ...options }));
  console.trace = (...values) => {
    logger().info('%s', [`Trace: ${format(...values)}`, ...framesOf(new Error())].join('\n    '));
  };
}

module.exports = { redirect };
