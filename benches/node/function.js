'use strict';
// The function under measurement, in JavaScript: reads its event, touches five of its fields, answers about 100 bytes, logs
// nothing. It imports nothing: what a function imports itself is not the runtime's.

exports.ANSWER = {
  statusCode: 200,
  headers: { 'Content-Type': 'text/plain' },
  body: 'hello, world',
  isBase64Encoded: false,
};

/** What was touched last: a value that goes nowhere would not be read. */
exports.touched = undefined;

/** Events of API Gateway. */
exports.request = (event, _context) => {
  touch(event.httpMethod);
  touch(event.path);
  touch(event.headers['user-agent']);
  touch(event.queryStringParameters.name);
  touch(event.body);
  return exports.ANSWER;
};

/** Kafka batches: every message is looked at. */
exports.batch = (event, _context) => {
  touch(event.event_time);
  touch(event.region);
  touch(event.instance_id);
  for (const record of event.records) {
    touch(record.topic_id);
    record.messages.forEach(touch);
  }
  return exports.ANSWER;
};

function touch(value) {
  exports.touched = value;
}
