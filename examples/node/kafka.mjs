// Handles the messages of a Kafka trigger one by one and says how many there were.
//
// npx fgruntime invoke -e kafka kafka.mjs

import { kafka } from 'fgruntime';

export const handler = kafka((event, context) => {
  const log = context.getLogger();
  let received = 0;
  for (const record of event.records) {
    for (const message of record.messages) {
      log.info('%s: %s', record.topicId ?? '', message);
      received += 1;
    }
  }
  return { received };
});
