'use strict';

// What there is to import; index.mjs has the same for `import`.

require('./lib/context');
const { EventInvalid } = require('./lib/errors');
const { raw, typed } = require('./lib/handlers');
const kinds = require('./lib/kinds');

/**
 * @param {Function} handler
 * @param {{ initializer?: Function, onShutdown?: Function }} [options]
 */
function run(handler, { initializer, onShutdown } = {}) {
  require('./lib/program').runHandler(handler, { initializer, onShutdown });
}

module.exports = { EventInvalid, run, raw, event: typed(undefined) };
for (const [name, kind] of Object.entries(kinds)) module.exports[name] = typed(kind);
