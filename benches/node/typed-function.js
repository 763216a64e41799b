'use strict';
// The function under measurement with typed events: the same fields, read where they are.

const path = require('node:path');

const modules = process.env.FGRUNTIME_NODE_MODULES ?? path.join(__dirname, '../../target/bench-node/node_modules');
const { apig, kafka } = require(path.join(modules, 'fgruntime'));
const { ANSWER } = require('./function.js');

/** What was touched last: a value that goes nowhere would not be read. */
exports.touched = undefined;

exports.request = apig((event, _context) => {
  touch(event.httpMethod);
  touch(event.path);
  touch(event.header('user-agent'));
  touch(event.queryStringParameter('name'));
  touch(event.body);
  return ANSWER;
});

exports.batch = kafka((event, _context) => {
  touch(event.eventTime);
  touch(event.region);
  touch(event.instanceId);
  for (const record of event.records) {
    touch(record.topicId);
    record.messages.forEach(touch);
  }
  return ANSWER;
});

function touch(value) {
  exports.touched = value;
}
