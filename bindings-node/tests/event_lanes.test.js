'use strict';

// Small events are read by JSON.parse where that gives what the core does: here both ways are held against each other.

const assert = require('node:assert/strict');
const { test } = require('node:test');
const native = require('../lib/native');
const { ofCore } = require('../lib/events');
const { parse } = require('../lib/event_reader');
const { casesOf, toBytes } = require('./support/vectors');

/**
 * Everything that an object says of itself, by its getters, and of what is in it.
 * @param {object} view
 * @returns {Record<string, unknown>}
 */
function told(view) {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(view)));
  const names = getters.filter(([, { get }]) => get !== undefined).map(([name]) => name);
  const values = names.map((name) => [name, value(view[name])]);
  const lookUps = names.filter((name) => typeof view[`${name.replace(/s$/, '')}Values`] === 'function');
  return Object.fromEntries([...values, ...lookUps.map((name) => [`${name} by name`, found(view, name)])]);
}

function value(one) {
  if (Array.isArray(one)) return one.map(value);
  return typeof one?.toJSON === 'function' && !Buffer.isBuffer(one) ? told(one) : one;
}

/** What look-ups find, by the names as they are and in another case. */
function found(view, map) {
  const method = map.replace(/s$/, '');
  // A name that comes twice has its first place by JSON.parse, and its last by the core.
  const names = Object.keys(view[map])
    .sort()
    .slice(0, 20)
    .flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]);
  return [...names, 'constructor', '__proto__', 'K', 'ſ', ''].map((name) => [
    name,
    view[method](name),
    view[`${method}Values`](name),
  ]);
}

test('typed events are the same, whoever reads them', () => {
  let compared = 0;
  for (const { one } of casesOf('events')) {
    const { name, as: kind } = one;
    const payload = toBytes(one.input);
    const core = native.parseEvent(payload, kind);
    if (!(core instanceof native.Event)) {
      assert.throws(() => parse(payload, kind), { name: 'EventInvalid', message: core.message }, name);
      continue;
    }
    const [read, expected] = [parse(payload, kind), ofCore(core)];
    assert.deepEqual(told(read), told(expected), name);
    assert.deepEqual(
      [read.kind, read.findings, read.toCanonical()],
      [expected.kind, expected.findings, expected.toCanonical()],
      name,
    );
    compared += 1;
  }
  assert.ok(compared > 650, `${compared} events`);
});
