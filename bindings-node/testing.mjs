// testing.js for `import`.

import testing from './testing.js';

export const { CapturedLog, makeContext, sampleEvent } = testing;
