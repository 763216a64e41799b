'use strict';

// The program `fgruntime`, and `run` in a program of one's own.

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const test = require('node:test');
const { checkFailure, ENTRY, INITIALIZATION } = require('./support/failures');
const { folderWith } = require('./support/folder');
const { PROGRAM, start } = require('./support/function');
const { linesOf } = require('./support/log');
const { environment } = require('./support/process');

const HANDLER = "exports.handler = (event, context) => 'fine';";
const ADDRESS = { RUNTIME_API_ADDR: '127.0.0.1:9' };

/** Runs it to its end. */
function run(t, args, { files = {}, variables = ADDRESS, program = PROGRAM } = {}) {
  const folder = folderWith(t, files);
  const how = { cwd: folder, env: environment(variables), encoding: 'utf8', timeout: 60_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], how);
  return { status, stdout, stderr };
}

test('wrong usage', (t) => {
  for (const args of [['a', 'b'], ['--what'], ['-x', '--help'], ['index.handler', 'invoke']]) {
    const { status, stdout, stderr } = run(t, args);
    assert.deepEqual([status, stdout], [2, '']);
    const expected = `fgruntime: at most one argument is expected, but got: ${args.join(' ')}\n\nusage: npx fgruntime`;
    assert.equal(stderr.slice(0, expected.length), expected);
  }
});

test('help', (t) => {
  for (const option of ['-h', '--help']) {
    const { status, stdout, stderr } = run(t, [option]);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^usage: npx fgruntime \[FILE\.FUNCTION\]\n/);
  }
});

test('no handler is named', async (t) => {
  const running = await start(t, HANDLER, { args: [], variables: { RUNTIME_HANDLER: '' } });
  await checkFailure(running, 'FunctionConfigError', `${ENTRY}no handler is named; say which`);
});

test('no platform', (t) => {
  for (const [variables, reason] of [
    [{}, 'RUNTIME_API_ADDR is not set'],
    [{ RUNTIME_API_ADDR: '' }, 'RUNTIME_API_ADDR is not set'],
    [{ RUNTIME_API_ADDR: 'http://example.com' }, 'RUNTIME_API_ADDR'],
  ]) {
    const { status, stdout, stderr } = run(t, ['index.handler'], { files: { 'index.js': HANDLER }, variables });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, new RegExp(`^fgruntime: .*${reason}.*\n$`));
  }
});

test('the command without its package says how to get it', (t) => {
  for (const word of ['invoke', 'event']) {
    const { status, stdout, stderr } = run(t, [word, '-e', 'apig']);
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, new RegExp(`^fgruntime: .*fgruntime ${word}.*run: npm install --save-dev fgruntime-cli\n$`));
  }
});

test('the command of its package gets all words', (t) => {
  const program = 'exports.run = (words) => { console.log(JSON.stringify(words)); process.exitCode = 7; };';
  const files = { 'node_modules/fgruntime-cli/index.js': program };
  const { status, stdout, stderr } = run(t, ['invoke', '--set', 'a=b c', 'index.js'], { files });
  assert.deepEqual([status, stderr], [7, '']);
  assert.deepEqual(JSON.parse(stdout), ['invoke', '--set', 'a=b c', 'index.js']);
});

const BOOTSTRAP = `const { run } = require('fgruntime');
const seen = [];
async function initializer(context) {
  seen.push(context.functionName);
}
function handler(event, context) {
  if (event === 'fail') throw new Error('no table');
  return seen;
}
run(handler, { initializer });
`;

test("run in a program of one's own", async (t) => {
  const running = await start(t, { 'bootstrap.js': BOOTSTRAP }, { command: [process.execPath, 'bootstrap.js'] });
  assert.deepEqual((await running.ask({})).json, ['test']);
  const { stackTrace } = (await running.ask('fail')).json;
  assert.deepEqual(stackTrace, ['at handler (./bootstrap.js:7:31)']);
  assert.match(linesOf(await running.stop())[0], /^r2 ERROR Error: function invocation exception, error: no table$/);
});

test('run in an ES module, with a typed handler', async (t) => {
  const files = {
    'bootstrap.mjs': "import { apig, run } from 'fgruntime';\nrun(apig((event, context) => event.path));\n",
  };
  const running = await start(t, files, { command: [process.execPath, 'bootstrap.mjs'] });
  assert.equal((await running.ask({ path: '/orders' })).text, '/orders');
  assert.equal(await running.stop(), '');
});

test('run with what cannot run', async (t) => {
  const head = "const { apig, run } = require('fgruntime');\n";
  for (const [call, type, message] of [
    ["run('handler');", 'FunctionConfigError', `${ENTRY}the handler given to run() is no function but string`],
    ['run();', 'FunctionConfigError', `${ENTRY}the handler given to run() is no function but undefined`],
    ['run((event) => {});', 'FunctionConfigError', `${ENTRY}handler expect to have 2 or 3 parameters, but received 1`],
    [
      'run(apig((event) => {}));',
      'FunctionConfigError',
      `${ENTRY}handler expect to have 2 or 3 parameters, but received 1`,
    ],
    [
      'run((event, context) => {}, { initializer: () => {} });',
      'FunctionConfigError',
      `${INITIALIZATION}initializer expect to have 2 parameters, but received 0`,
    ],
    [
      "run((event, context) => {}, { initializer: 'initializer' });",
      'FunctionConfigError',
      `${INITIALIZATION}the initializer given to run() is no function but string`,
    ],
    [
      "run((event, context) => {}, { initializer: async (context) => { throw new Error('no table'); } });",
      'FunctionInitError',
      `${INITIALIZATION}Error: no table`,
    ],
  ]) {
    const running = await start(t, { 'bootstrap.js': head + call }, { command: [process.execPath, 'bootstrap.js'] });
    await checkFailure(running, type, message);
  }
});
