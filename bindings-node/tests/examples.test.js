'use strict';

// The examples, with the cases that the examples of every language have.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const { sampleEvent } = require('../testing');
const { start } = require('./support/function');
const { recordsOf } = require('./support/log');

const REPOSITORY = path.resolve(__dirname, '../..');
const CASES = JSON.parse(fs.readFileSync(path.join(REPOSITORY, 'tests/conformance/expected.json'), 'utf8'));

/** The event that `fgruntime invoke` makes of these arguments: values are JSON if they can be read so. */
function eventOf([option, kind, ...changes]) {
  assert.equal(option, '-e');
  const overrides = {};
  for (let index = 0; index < changes.length; index += 2) {
    assert.equal(changes[index], '--set');
    const [, name, value] = /^([^=]*)=([^]*)$/.exec(changes[index + 1]);
    overrides[name] = valueOf(value);
  }
  return sampleEvent(kind, overrides);
}

/** @param {string} text */
function valueOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

for (const file of ['apig.mjs', 'timer.cjs', 'kafka.mjs']) {
  const name = path.parse(file).name;
  test(`the example ${file}`, async (t) => {
    const source = fs.readFileSync(path.join(REPOSITORY, 'examples/node', file), 'utf8');
    const variables = { FGRUNTIME_LOG_FORMAT: 'json' };
    const running = await start(t, { [file]: source }, { args: [`${name}.handler`], variables });
    const cases = CASES.filter(({ example }) => example === name);
    assert(cases.length > 0);
    const expected = [];
    for (const [number, one] of cases.entries()) {
      const requestId = `id-${number}`;
      const reply = await running.ask(eventOf(one.arguments), { requestId });
      assert.deepEqual([reply.outcome, reply.text], ['response', one.function_output]);
      expected.push(...one.log.map((line) => `${requestId} ${line}`));
    }
    const records = recordsOf(await running.stop());
    assert.deepEqual(
      records.map(([id, level, message]) => `${id} ${level} ${message}`),
      expected,
    );
  });
}
