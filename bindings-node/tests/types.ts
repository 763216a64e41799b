// What users of the types rely on: `tsc` checks it with the package.

import { apig, event, EventInvalid, kafka, raw, run, timer } from '../index';
import type {
  AnyEvent,
  ApigTriggerEvent,
  Callback,
  Context,
  Handler,
  Initializer,
  ShutdownHandler,
  TextMap,
} from '../index';
import { CapturedLog, makeContext, sampleEvent } from '../testing';

/** Fails to compile unless both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const same = <A, B>(_same: Same<A, B>): void => {};

// What a handler is given and gives needs no annotation.
const greeting = apig((request, context) => {
  same<typeof request, ApigTriggerEvent>(true);
  same<typeof context, Context>(true);
  same<typeof request.headers, TextMap>(true);
  same<typeof request.rawBody, Buffer>(true);
  const stage: string | undefined = request.requestContext?.stage;
  // @ts-expect-error The event may not have it.
  const id: string = request.requestContext.requestId;
  // @ts-expect-error No such field.
  request.httpmethod;
  // @ts-expect-error Events are read, not written.
  request.path = '/';
  return { statusCode: 200, body: stage ?? id };
});
const answer: { statusCode: number; body: string } = greeting(sampleEvent('apig'), makeContext());
same<ReturnType<typeof greeting>, typeof answer>(true);

const later = timer(async (tick) => tick.timeEpochMs);
same<ReturnType<typeof later>, Promise<number | undefined>>(true);

const byCallback = kafka((batch, _context, callback) => {
  same<typeof callback, Callback>(true);
  callback(
    null,
    batch.records.flatMap((record) => record.messages),
  );
});
byCallback('{}', makeContext(), (error, result) => console.log(error, result));
// @ts-expect-error A handler is a function.
apig({});

raw((payload) => payload.byteLength);

event((any) => {
  same<typeof any, AnyEvent>(true);
  return any.kind === 'kafka' ? any.records.length : any.kind === 'unknown' ? any.toJSON() : any.findings;
});

// Handlers as they are written for the platform.
const plain: Handler = async (anything, context) => {
  context.getLogger().info('memory', context.getMemorySize() + context.getCPUNumber());
  const table: string | undefined = context.getUserData('table');
  return [anything.httpMethod, table];
};
const documented: Handler<{ a: number }> = (one, _context, callback) => callback(null, one.a);
const initializer: Initializer = (context: Context, callback: Callback) => callback(context.requestId);
const onShutdown: ShutdownHandler = async (context) => context.getLogger().info('bye');
export const start = () => [run(plain, { initializer, onShutdown }), run(documented), run(greeting, { onShutdown })];
// @ts-expect-error It is a function.
export const mistaken = () => run(documented, { onShutdown: 'index.bye' });

try {
  apig.parse(Buffer.from('{'));
} catch (error) {
  if (error instanceof EventInvalid) same<typeof error.reason, 'not_json' | 'too_deep' | 'too_large'>(true);
}

const log = new CapturedLog();
makeContext({ log, userData: { table: 'orders' }, headers: { 'X-CFF-Auth-Token': 't' }, timeoutSeconds: 3 });
same<typeof log.messages, string[]>(true);
// @ts-expect-error There is no such kind.
sampleEvent('nonsense');
