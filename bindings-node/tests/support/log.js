'use strict';

// What a function has printed.

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

/** The lines, without their times. @param {string} output */
function linesOf(output) {
  const lines = output.split('\n').map((line) => line.replace(new RegExp(`^${TIME.source} `), ''));
  return lines.slice(0, -1);
}

/**
 * Request id, level and message of each record of a function with FGRUNTIME_LOG_FORMAT=json.
 * @param {string} output
 * @returns {[string, string, string][]}
 */
function recordsOf(output) {
  const records = linesOf(output).map((line) => JSON.parse(line));
  return records.map(({ request_id: requestId, level, message }) => [requestId, level, message]);
}

module.exports = { TIME, linesOf, recordsOf };
