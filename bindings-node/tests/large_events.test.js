'use strict';

// Large payloads, which are read in other ways than small ones.

const assert = require('node:assert/strict');
const path = require('node:path');
const test = require('node:test');
const { start } = require('./support/function');
const shown = require('./support/shown');

const LONG = 'x'.repeat(100_000);

const READ = [
  `"${LONG}"`,
  `["${LONG}"]`,
  ` {"a" :\n"${LONG}"}\n`,
  `\ufeff{"a":"${LONG}"}`,
  `{"z":1,"a":"${LONG}","b":{"c":[{}]}}`,
  `{"b":[1,{"c":["${LONG}",2]}]}`,
  `{"a":"${LONG}","b":"${LONG}"}`,
  `{"a":"${LONG}","a":1}`,
  `{"a":1,"a":"${LONG}"}`,
  `{"${LONG}":1}`,
  `{"a":"${LONG}","1":2}`,
  `{"__proto__":"${LONG}"}`,
  `{"__proto__":{"a":"${LONG}"},"b":1}`,
  `{"a":"\\"${LONG}"}`,
  `{"a":"${LONG}\\n"}`,
  `{"a":"\\\\${LONG}"}`,
  `{"a":"${LONG}\\ud800"}`,
  `{"a":"${LONG}\u007f"}`,
  `{"a":"größe${LONG}"}`,
  `{"größe":"${LONG}"}`,
  `{"a":"${'😀'.repeat(50_000)}"}`,
  `[${'{"a":[1,2.50,-0]},'.repeat(10_000)}null]`,
  `{"n":${'1'.repeat(100_000)}}`,
  `${' '.repeat(100_000)}1`,
];

const REFUSED = [
  `{"a":"${LONG}`,
  `{"a":"${LONG}"}}`,
  `{"a":"${LONG}",}`,
  `{"a" "${LONG}"}`,
  `{"a":'${LONG}'}`,
  `{"a":x"${LONG}"}`,
  `"${LONG}" "b"`,
  `{"a":"${LONG}\n"}`,
  `{"a":"${LONG}\u0000"}`,
  `{"a":"${LONG}\\x"}`,
  `${LONG}"a"`,
  `"a"${LONG}"a"`,
  ' '.repeat(100_000),
];

test('large payloads are what JSON.parse gives, too', async (t) => {
  const index = `
    const shown = require(${JSON.stringify(path.join(__dirname, 'support/shown.js'))});
    exports.handler = (event, _context) => shown(event);`;
  const running = await start(t, index);
  for (const text of READ) {
    const expected = shown(JSON.parse(text.replace(/^\ufeff/, '')));
    assert.equal((await running.ask(Buffer.from(text))).text, expected, text.slice(0, 100));
  }
  for (const text of REFUSED) {
    const { errorType, errorMessage } = (await running.ask(Buffer.from(text))).json;
    assert.equal(errorType, 'EventInvalid', text.slice(0, 100));
    assert.match(errorMessage, /^the payload is not JSON: .{0,100}\(offset \d+\)$/);
  }
  const invalid = Buffer.concat([Buffer.from(`{"a":"${LONG}`), Buffer.from([0xff]), Buffer.from('"}')]);
  assert.equal((await running.ask(invalid)).text, shown({ a: `${LONG}\ufffd` }));
});

test('large payloads of other handlers', async (t) => {
  const source = `
    const { event, raw } = require('fgruntime');
    exports.typed = event((event, _context) => event);
    exports.raw = raw((event, _context) => event);`;
  const events = [
    { records: Array.from({ length: 1200 }, (_, n) => ({ n, text: 'x'.repeat(1000) })) },
    { body: 'größe "\\ \n😀'.repeat(80_000), path: '/' },
    'x'.repeat(1 << 20),
  ];
  for (const name of ['typed', 'raw']) {
    const running = await start(t, source, { args: [`index.${name}`] });
    for (const event of events) {
      const { text } = await running.ask(event);
      assert(text === JSON.stringify(event), `${name}: ${text.slice(0, 200)}`);
    }
  }
});

test('a payload over the limit', async (t) => {
  const running = await start(t, 'exports.handler = (event, _context) => event.length;', {
    variables: { RUNTIME_MAX_REQUEST_BODY_SIZE: '1000' },
  });
  assert.equal((await running.ask('x'.repeat(998))).json, 998);
  const refused = await running.ask('x'.repeat(999));
  assert.equal(refused.json.errorType, 'EventInvalid');
  assert.match(refused.json.errorMessage, /1001 bytes.*1000/);
  assert.equal((await running.ask('')).json, 0);
});
