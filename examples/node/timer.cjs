// Runs at every tick of a timer and answers nothing.
//
// npx fgruntime invoke -e timer timer.cjs

const { timer } = require('fgruntime');

exports.handler = timer(async (event, _context) => {
  // `console` goes to the log of the request, too.
  console.log('%s at %s', event.triggerName ?? '', event.time ?? '');
  // The text given when the trigger was made; JSON.parse reads it if it is JSON.
  if (event.userEvent !== undefined) console.log('user event: %s', event.userEvent);
});
