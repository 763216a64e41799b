'use strict';

// Initializers that fail: the first event is answered with the reason, and the process ends with status 1.

const test = require('node:test');
const { checkFailure, INITIALIZATION } = require('./support/failures');
const { start } = require('./support/function');

const CONFIG = 'FunctionConfigError';
const FAILED = 'FunctionInitError';
const VARIABLES = { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' };

/** Title, what is exported besides the handler, type, message, parts of the reply. */
const FAILURES = [
  ['there is none', '', CONFIG, "handler 'initializer' not found in module './index.js'", ['there are handler']],
  [
    'no function',
    'exports.initializer = {};',
    CONFIG,
    "'initializer' in module './index.js' is no function but object",
  ],
  [
    'no parameters',
    'exports.initializer = () => { return [1].map((x) => x); };',
    CONFIG,
    'initializer expect to have 2 parameters, but received 0',
    ['(context, callback) => …'],
  ],
  [
    'three parameters',
    'exports.initializer = (context, callback, more) => {};',
    CONFIG,
    'initializer expect to have 2 parameters, but received 3',
  ],
  [
    'throwing',
    "\nexports.initializer = (context) => { throw new RangeError('no table'); };",
    FAILED,
    'RangeError: no table',
    ['at exports.initializer (./index.js:3:'],
  ],
  [
    'throwing later',
    "exports.initializer = async (context) => { await null; throw new Error('no table'); };",
    FAILED,
    'Error: no table',
    ['./index.js:2:'],
  ],
  ['throwing nothing', 'exports.initializer = (context) => { throw undefined; };', FAILED, 'Error: undefined'],
  ['rejecting with null', 'exports.initializer = (context) => Promise.reject(null);', FAILED, 'Error: null'],
  [
    'an error for the callback',
    "exports.initializer = (context, callback) => { setTimeout(callback, 1, new TypeError('no table')); };",
    FAILED,
    'TypeError: no table',
  ],
  [
    'a text for the callback',
    "exports.initializer = (context, callback) => { callback('no table'); };",
    FAILED,
    'Error: no table',
  ],
  [
    'throwing with a callback',
    "exports.initializer = (context, callback) => { throw new Error('no table'); };",
    FAILED,
    'Error: no table',
  ],
  [
    'rejecting with a callback',
    "exports.initializer = async (context, callback) => { throw new Error('no table'); };",
    FAILED,
    'Error: no table',
  ],
  [
    'a promise that never settles',
    'exports.initializer = (context) => new Promise(() => {});',
    FAILED,
    'the module or its initializer never settles',
  ],
  [
    'a callback that is never called',
    'exports.initializer = (context, callback) => {};',
    FAILED,
    'the module or its initializer never settles',
  ],
];

for (const [title, initializer, errorType, message, parts] of FAILURES) {
  test(title, async (t) => {
    const index = `exports.handler = (event, context) => {};\n${initializer}`;
    const running = await start(t, index, { variables: VARIABLES });
    await checkFailure(running, errorType, INITIALIZATION + message, parts);
  });
}

test('an initializer in a file that is not there', async (t) => {
  const files = { 'index.js': 'exports.handler = (event, context) => {};' };
  const running = await start(t, files, { variables: { RUNTIME_INITIALIZER_HANDLER: 'other.initializer' } });
  await checkFailure(running, 'FunctionLoadError', `${INITIALIZATION}not found module './other.js' in `);
});
