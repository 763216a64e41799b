'use strict';

// Functions that cannot be called: the first event is answered with the reason, and the process ends with status 1.

const test = require('node:test');
const { checkFailure, ENTRY, INITIALIZATION } = require('./support/failures');
const { start } = require('./support/function');

const CONFIG = 'FunctionConfigError';
const LOAD = 'FunctionLoadError';
const HANDLER = 'exports.handler = (event, context) => {};\n';
const MODULE = { 'package.json': '{"type": "module"}' };

/** Title, files, type, message, parts of the reply, and the handler if it is another one. */
const FAILURES = [
  [
    'a missing file',
    { 'index.js': '', 'b.mjs': '', 'c.txt': '' },
    LOAD,
    "not found module './other.js' in ",
    ["the handler is 'other.handler'", 'there are b.mjs, index.js'],
    'other.handler',
  ],
  [
    'a name without a function',
    HANDLER,
    CONFIG,
    "'index' is not FILE.FUNCTION, for example index.handler",
    [],
    'index',
  ],
  ['a name without a file', HANDLER, CONFIG, "'.handler' is not FILE.FUNCTION", [], '.handler'],
  ['the name of a file', HANDLER, CONFIG, "'index.js' is a file", ['for example index.handler'], 'index.js'],
  [
    'a missing function',
    'exports.main = () => {}; exports.other = function () {}; exports.no = 1;',
    CONFIG,
    "handler 'handler' not found in module './index.js'",
    ['exports.handler = (event, context) => …', 'there are main, other'],
    'index.handler',
  ],
  [
    'a missing function in an ES module',
    { 'src/index.mjs': 'export const main = () => {}; export default { other() {} };' },
    CONFIG,
    "handler 'handler' not found in module './src/index.mjs'",
    ['export function handler(event, context)', 'there are main, other'],
    'src/index.handler',
  ],
  [
    'a module that exports nothing',
    'module.exports = null;',
    CONFIG,
    "handler 'handler' not found in module './index.js'",
  ],
  ['what is no function', 'exports.handler = 1;', CONFIG, "'handler' in module './index.js' is no function but number"],
  [
    'one parameter',
    'exports.handler = (event) => {};',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
    ['(event, context) => …'],
  ],
  [
    'no parameters',
    'exports.handler = function () { return 1; };',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 0',
  ],
  [
    'one parameter, and arrows in the body',
    'exports.handler = function (event) { const names = [1].map((x) => x); return names; };',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
  ],
  [
    'one parameter, and comparisons in the body',
    'exports.handler = (event) => event === 1 ? [...event] : event;',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
  ],
  [
    'one parameter without brackets',
    'exports.handler = async event => ({ all: [...event] });',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
  ],
  [
    'one parameter, taken apart',
    'exports.handler = ({ path }) => path;',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
  ],
  [
    'four parameters',
    'exports.handler = (event, context, callback, more) => {};',
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 4',
  ],
  [
    'a wrapped handler with one parameter',
    "exports.handler = require('fgruntime').apig((event) => {});",
    CONFIG,
    'handler expect to have 2 or 3 parameters, but received 1',
  ],
  ['an error of syntax', 'const a = 1;\nconst b = ;\n', LOAD, "SyntaxError: Unexpected token ';' (index.js, line 2)"],
  [
    'an error of syntax in what is required',
    { 'index.js': "\nrequire('./lib/load');", 'lib/load.js': '\n\n}' },
    LOAD,
    "SyntaxError: Unexpected token '}' (lib/load.js, line 3)",
  ],
  [
    'an error of syntax in an ES module',
    { 'index.mjs': '\n\nconst b = ;\n' },
    LOAD,
    "SyntaxError: Unexpected token ';' (index.mjs, line 3)",
  ],
  [
    'an error of syntax in a .js that is an ES module',
    { 'index.js': '\nexport const b = ;\n', ...MODULE },
    LOAD,
    "SyntaxError: Unexpected token ';' (index.js, line 2)",
  ],
  [
    'throwing at import',
    {
      'index.js': "\nrequire('./lib/load').load();\n",
      'lib/load.js': "exports.load = () => {\n  throw new RangeError('no table');\n};\n",
    },
    LOAD,
    'RangeError: no table (lib/load.js, line 2)',
    ['./index.js:2:'],
  ],
  [
    'throwing at import of an ES module',
    { 'index.mjs': "\nthrow new Error('no table');" },
    LOAD,
    'Error: no table (index.mjs, line 2)',
    ['./index.mjs:2:'],
  ],
  [
    'rejecting at import of an ES module',
    { 'index.mjs': "await Promise.reject(new Error('no table'));" },
    LOAD,
    'Error: no table (index.mjs, line 1)',
  ],
  ['throwing what is no error', "throw 'no table';", LOAD, 'Error: no table'],
  ['never settling at import', { 'index.mjs': 'await new Promise(() => {});' }, 'FunctionInitError', undefined],
  [
    'a missing package',
    "\nrequire('no-such-package/deep/file');",
    LOAD,
    "Error: Cannot find module 'no-such-package/deep/file' (index.js, line 2); install it into the folder of the code: npm install no-such-package",
  ],
  [
    'a missing package with a scope',
    "require('@scope/no-such-package/file');",
    LOAD,
    "Error: Cannot find module '@scope/no-such-package/file' (index.js, line 1); install it into the folder of the code: npm install @scope/no-such-package",
  ],
  [
    'a missing package in an ES module',
    { 'index.mjs': "import 'no-such-package';" },
    LOAD,
    "Error: Cannot find package 'no-such-package' imported from ",
    ['npm install no-such-package'],
  ],
  [
    'a missing file of the own',
    "require('./no-such-file');",
    LOAD,
    "Error: Cannot find module './no-such-file' (index.js, line 1)",
  ],
  ['a package.json that is none', { 'index.js': HANDLER, 'package.json': '{' }, LOAD, '', ['package.json']],
];

for (const [title, files, errorType, message, parts, name = 'index.handler'] of FAILURES) {
  test(title, async (t) => {
    const running = await start(t, files, { args: [name] });
    const never = `${INITIALIZATION}the module or its initializer never settles`;
    await checkFailure(running, errorType, message === undefined ? never : ENTRY + message, parts);
  });
}

const onNodeThatDoesNotSeeModules = process.features.require_module ? () => {} : test;

onNodeThatDoesNotSeeModules('ES modules in files of require', async (t) => {
  const advice = 'files with import and export are called .mjs, or have "type": "module" in package.json';
  for (const [source, message] of [
    ["\nimport 'node:fs';\n", 'SyntaxError: Cannot use import statement outside a module (index.js, line 2)'],
    ['export const handler = () => {};\n', "SyntaxError: Unexpected token 'export' (index.js, line 1)"],
  ]) {
    await checkFailure(await start(t, source), LOAD, `${ENTRY}${message}; ${advice}`);
  }
});

const onNodeWithoutTypeScript = process.features.typescript ? () => {} : test;

onNodeWithoutTypeScript('TypeScript', async (t) => {
  for (const extension of ['ts', 'cts', 'mts']) {
    const running = await start(t, { [`src/index.${extension}`]: HANDLER }, { args: ['src/index.handler'] });
    const text = `Node ${process.version} does not run TypeScript, which './src/index.${extension}' is; use Node 22.18 or newer`;
    await checkFailure(running, LOAD, ENTRY + text);
  }
});
