'use strict';

// A function that answers what it is asked to, by what the loop answers with. JSON is answered as it is: the cases have values that
// the loop writes otherwise, as a string is a text.

const native = require('../../lib/native');
const { respond } = require('../../lib/result');
const { restoreLongNumbers } = require('./vectors');

function text(said) {
  return typeof said === 'string' ? said : said.prefix + said.repeat.repeat(said.count) + said.suffix;
}

function answer(invocation) {
  if (invocation === null) return process.exit();
  const asked = JSON.parse(invocation.text());
  if (asked.none) return respond(invocation, undefined);
  if (asked.text !== undefined) return respond(invocation, text(asked.text));
  if (asked.base64 !== undefined) return respond(invocation, Buffer.from(asked.base64, 'base64'));
  if (asked.json !== undefined) return invocation.respondJson(restoreLongNumbers(JSON.stringify(asked.json)));
  const { type = 'FunctionReturnError', message, stack_trace: stackTrace } = asked.error;
  return invocation.fail(type, text(message), stackTrace);
}

new native.Runtime().start(answer);
setInterval(() => {}, 1000);
