// kafka.mjs in TypeScript. Node 22.18 and newer run it as it is; for others: npx tsc
//
// npx fgruntime invoke -e kafka kafka.ts

import { kafka } from 'fgruntime';
import type { Context, KafkaTriggerEvent } from 'fgruntime';

export const handler = kafka((event: KafkaTriggerEvent, context: Context) => {
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
