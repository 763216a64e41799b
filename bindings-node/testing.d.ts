// For tests of handlers: sample events, contexts, and the log that a handler wrote.

import type { Context, EventKind } from './index';

/**
 * An event of that kind, as a handler gets it that is not wrapped; wrapped ones read it too.
 *
 * `overrides` replace members of the event by their names in JSON. A name with dots reaches further in, as with
 * `fgruntime invoke --set`: `{ 'records.0.topic_id': 'orders' }`.
 */
export function sampleEvent(kind: EventKind, overrides?: Record<string, unknown>): any;

/** One record of a log. Without a level it counts as INFO. */
export interface LogRecord {
  level: string;
  message: string;
  requestId: string;
}

/** What a handler wrote with its context's logger, for `makeContext({ log })`. */
export class CapturedLog {
  /** The records so far. */
  readonly records: LogRecord[];
  /** Their texts. */
  readonly messages: string[];
  /** Whether a record contains this text. */
  includes(text: string): boolean;
}

/** What a context for tests is made of; everything has a default. */
export interface ContextOptions {
  requestId?: string;
  functionName?: string;
  version?: string;
  package?: string;
  projectId?: string;
  timeoutSeconds?: number;
  memorySize?: number;
  /** The lowest level that is written: `DEBUG` unless it is said. */
  logLevel?: string;
  userData?: Record<string, string>;
  /** Those of the invocation, such as `X-CFF-Security-Access-Key`. */
  headers?: Record<string, string>;
  /** What stands for the environment, such as `RUNTIME_CPU`; nothing is read from the real one. */
  variables?: Record<string, string>;
  log?: CapturedLog;
}

/** A context for calling a handler in a test. */
export function makeContext(options?: ContextOptions): Context;
