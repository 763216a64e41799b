'use strict';

// How a function is found and started.

const assert = require('node:assert/strict');
const path = require('node:path');
const test = require('node:test');
const { start } = require('./support/function');

const CJS = "exports.handler = (event, context) => require('node:path').basename(__filename);\n";
const ESM = "export const handler = (event, context) => import.meta.url.split('/').pop();\n";
const DEFAULT = 'export default { handler: (event, context) => import.meta.url.split("/").pop() };\n';
const MODULE = '{"type": "module"}';

test('files of handlers', async (t) => {
  for (const [name, files] of [
    ['index.handler', { 'index.js': CJS }],
    ['./index.handler', { 'index.js': CJS }],
    ['index.handler', { 'index.cjs': CJS }],
    ['index.handler', { 'index.mjs': ESM }],
    ['index.handler', { 'index.js': ESM, 'package.json': MODULE }],
    ['index.handler', { 'index.cjs': CJS, 'package.json': MODULE }],
    ['index.handler', { 'index.mjs': DEFAULT }],
    ['src/index.handler', { 'src/index.js': CJS }],
    ['src/deep/index.handler', { 'src/deep/index.js': ESM, 'src/package.json': MODULE }],
    ['src/index.handler', { 'src/index.js': CJS, 'src/package.json': '{}', 'package.json': MODULE }],
    ['my.function.handler', { 'my.function.js': CJS }],
    ['v1.2/index.handler', { 'v1.2/index.mjs': ESM }],
    ['größe und mehr.handler', { 'größe und mehr.mjs': ESM }],
  ]) {
    const running = await start(t, files, { args: [name] });
    const expected = path.basename(Object.keys(files)[0]);
    assert.equal(decodeURIComponent((await running.ask({})).text), expected, name);
    assert.equal(await running.stop(), '');
  }
});

const onNodeThatSeesModules = process.features.require_module ? test : () => {};

onNodeThatSeesModules('a .js that is an ES module by what is in it', async (t) => {
  const running = await start(t, { 'index.js': ESM });
  assert.equal((await running.ask({})).text, 'index.js');
});

test('of several files that of require is taken', async (t) => {
  const running = await start(t, { 'index.mjs': ESM, 'index.cjs': CJS, 'index.js': CJS });
  assert.equal((await running.ask({})).text, 'index.js');
});

test('ways to export a handler', async (t) => {
  const handler = "(event, context) => 'fine'";
  for (const [file, source] of [
    ['index.js', `exports.handler = ${handler};`],
    ['index.js', `module.exports = { handler: ${handler} };`],
    ['index.js', `exports.default = { handler: ${handler} };`],
    ['index.js', `module.exports = class { static handler(event, context) { return 'fine'; } };`],
    ['index.mjs', `export const handler = ${handler};`],
    ['index.mjs', "export async function handler(event, context) { return 'fine'; }"],
    ['index.mjs', `export default { handler: ${handler} };`],
    ['index.mjs', `const it = ${handler}; export { it as handler };`],
    ['index.mjs', `await new Promise((done) => setTimeout(done, 5)); export const handler = ${handler};`],
  ]) {
    const running = await start(t, { [file]: source });
    assert.equal((await running.ask({})).text, 'fine', source);
  }
});

test('what the package has for import and for require', async (t) => {
  const esm = `
    import fgruntime, { apig, event, EventInvalid, raw, run } from 'fgruntime';
    import { CapturedLog, makeContext, sampleEvent } from 'fgruntime/testing';
    import { createRequire } from 'node:module';
    import * as all from 'fgruntime';
    import * as testing from 'fgruntime/testing';
    const require = createRequire(import.meta.url);
    const named = [apig, event, EventInvalid, raw, run, CapturedLog, makeContext, sampleEvent];
    export const handler = apig((event, context) => ({
      path: event.path,
      named: named.map((one) => typeof one),
      same: Object.entries(require('fgruntime')).every(([name, value]) => all[name] === value),
      testing: Object.entries(require('fgruntime/testing')).every(([name, value]) => testing[name] === value),
      version: require('fgruntime/package.json').name,
    }));`;
  const running = await start(t, { 'index.mjs': esm.replace('fgruntime, {', '{') });
  assert.deepEqual((await running.ask({ path: '/' })).json, {
    path: '/',
    named: Array(8).fill('function'),
    same: true,
    testing: true,
    version: 'fgruntime',
  });
});

test('the handler of the settings', async (t) => {
  const files = { 'index.js': CJS, 'other.js': CJS };
  for (const [args, variables, expected] of [
    [[], { RUNTIME_HANDLER: 'other.handler' }, 'other.js'],
    [['index.handler'], { RUNTIME_HANDLER: 'other.handler' }, 'index.js'],
  ]) {
    const running = await start(t, files, { args, variables });
    assert.equal((await running.ask({})).text, expected);
  }
});

test('the code root is where the handler is, if there is one', async (t) => {
  const files = { 'code/index.js': CJS.replace('basename', 'resolve'), 'index.js': CJS };
  for (const [root, expected] of [
    ['code', /\/code\/index\.js$/],
    ['no/such/folder', /^index\.js$/],
  ]) {
    const running = await start(t, files, { variables: { RUNTIME_CODE_ROOT: root } });
    assert.match((await running.ask({})).text, expected);
  }
});

const onNodeWithTypeScript = process.features.typescript ? test : () => {};

onNodeWithTypeScript('TypeScript', async (t) => {
  const source = "export const handler = (event: unknown, context: unknown): string => 'fine';\n";
  for (const file of ['index.ts', 'index.mts']) {
    const running = await start(t, { [file]: source });
    assert.equal((await running.ask({})).text, 'fine');
  }
  const cts = await start(t, { 'index.cts': "exports.handler = (event: unknown, context: unknown) => 'fine';\n" });
  assert.equal((await cts.ask({})).text, 'fine');
});

test('an initializer is called once, before the first event', async (t) => {
  for (const initializer of [
    '(context) => { seen.push(context.functionName); }',
    'async (context) => { await new Promise((done) => setTimeout(done, 5)); seen.push(context.functionName); }',
    '(context, callback) => { setTimeout(() => { seen.push(context.functionName); callback(); }, 5); }',
    '(context, callback) => { seen.push(context.getFunctionName()); callback(null, "a result that nobody needs"); }',
    '(...all) => { seen.push(all[0].functionName); }',
    '(context = {}) => { seen.push(context.functionName); }',
    'async (context, callback) => { seen.push(context.functionName); }',
  ]) {
    const source = `
      const seen = [];
      exports.initializer = ${initializer};
      exports.handler = (event, context) => seen;`;
    const variables = { RUNTIME_INITIALIZER_HANDLER: 'index.initializer', RUNTIME_FUNC_NAME: 'resize' };
    const running = await start(t, source, { variables });
    for (let round = 0; round < 2; round += 1) assert.deepEqual((await running.ask({})).json, ['resize'], initializer);
    assert.equal(await running.stop(), '');
  }
});

test('an initializer in another file', async (t) => {
  const files = {
    'index.js': 'exports.handler = (event, context) => globalThis.prepared;',
    'prepare.mjs': "export default { all(context) { globalThis.prepared = 'prepared'; } };",
  };
  const running = await start(t, files, { variables: { RUNTIME_INITIALIZER_HANDLER: 'prepare.all' } });
  assert.equal((await running.ask({})).text, 'prepared');
});
