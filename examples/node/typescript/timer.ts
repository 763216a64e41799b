// timer.cjs in TypeScript. Node 22.18 and newer run it as it is; for others: npx tsc
//
// npx fgruntime invoke -e timer timer.ts

import { timer } from 'fgruntime';

export const handler = timer((event, _context): void => {
  console.log('%s at %s', event.triggerName ?? '', event.time ?? '');
  if (event.userEvent !== undefined) console.log('user event: %s', event.userEvent);
});
