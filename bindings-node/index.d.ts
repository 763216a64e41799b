// What there is to import from `fgruntime`. The types of events are in events.d.ts.

export * from './events';

/** Writes records that carry their request, one record a call. The arguments are those of `console.log`. */
export interface Logger {
  /** A record without a level. */
  log(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  /** Whether a record of this level would be written. */
  isEnabled(level: string): boolean;
  /** Sets the lowest level that is written, for this invocation: DEBUG, INFO, WARN or ERROR. Others are ignored, as by the platform. */
  setLevel(level: string): void;
}

/** What a handler may ask about its invocation and its function: by the documented methods, or by properties. */
export interface Context {
  /** The invocation's id. */
  getRequestID(): string;
  readonly requestId: string;
  /** The invocation's id; the platform has no other one for traces. */
  getTraceID(): string;
  readonly traceId: string;
  /** Milliseconds until the platform ends the invocation, from its arrival; never negative. */
  getRemainingTimeInMilliSeconds(): number;
  readonly remainingTimeInMilliSeconds: number;
  /** The function's timeout in seconds. (The platform's own Node runtime says milliseconds, against its documents.) */
  getRunningTimeInSeconds(): number;
  readonly runningTimeInSeconds: number;
  /** @deprecated The platform no longer maintains it; see `getSecurityAccessKey`. */
  getAccessKey(): string | undefined;
  /** @deprecated The platform no longer maintains it; see `getSecurityAccessKey`. */
  readonly accessKey: string | undefined;
  /** @deprecated The platform no longer maintains it; see `getSecuritySecretKey`. */
  getSecretKey(): string | undefined;
  /** @deprecated The platform no longer maintains it; see `getSecuritySecretKey`. */
  readonly secretKey: string | undefined;
  /** Temporary credentials of the function's agency; undefined without one. */
  getSecurityAccessKey(): string | undefined;
  readonly securityAccessKey: string | undefined;
  getSecuritySecretKey(): string | undefined;
  readonly securitySecretKey: string | undefined;
  getSecurityToken(): string | undefined;
  readonly securityToken: string | undefined;
  /** The agency's token; undefined without one. */
  getToken(): string | undefined;
  readonly token: string | undefined;
  /** A value of the function's user data; undefined if there is no such key. */
  getUserData(key: string): string | undefined;
  /** All user data, in an object without a prototype. */
  readonly userData: Record<string, string>;
  getFunctionName(): string;
  readonly functionName: string;
  /** The function's version, for example `latest`. */
  getVersion(): string;
  readonly version: string;
  /** Memory in MB. */
  getMemorySize(): number;
  readonly memorySize: number;
  /** CPU in millicores. */
  getCPUNumber(): number;
  readonly cpuNumber: number;
  getProjectID(): string;
  readonly projectId: string;
  /** The app that the function belongs to, for example `default`. */
  getPackage(): string;
  readonly package: string;
  /** The alias that the function was called by; undefined if by none. */
  getAlias(): string | undefined;
  readonly alias: string | undefined;
  getOriginVersionTag(): string | undefined;
  readonly originVersionTag: string | undefined;
  getWorkflowID(): string | undefined;
  readonly workflowId: string | undefined;
  getWorkflowRunID(): string | undefined;
  readonly workflowRunId: string | undefined;
  getWorkflowStateID(): string | undefined;
  readonly workflowStateId: string | undefined;
  /** Whether the caller waits. */
  getInvokeType(): 'sync' | 'async';
  readonly invokeType: 'sync' | 'async';
  /** Where the platform says it: containers only. */
  readonly region: string | undefined;
  readonly instanceId: string | undefined;
  /** The log of the invocation. */
  getLogger(): Logger;
  readonly logger: Logger;
}

/** Answers an invocation, the first time it is called: with an error unless that is null or undefined, else with a result. */
export type Callback = (error?: unknown, result?: unknown) => void;

/** A function that answers invocations: by what it returns, by a promise, or by the callback if it has that parameter. */
export type Handler<E = any> = (event: E, context: Context, callback: Callback) => unknown;

/** Called once, before the first event. It has ended when it returns, or its promise is fulfilled, or it calls the callback if it has it. */
export type Initializer = (context: Context, callback: Callback) => unknown;

/**
 * Called once, after the last event, when the process has been told to stop. It has ended as an initializer has; what it fails with is
 * logged. `PRE_STOP_TIMEOUT` says how many seconds it is waited for.
 */
export type ShutdownHandler = (context: Context, callback: Callback) => unknown;

/** A handler that can be called with any event, as in a test: JSON as text or bytes, or the value it stands for. */
export type Wrapped<R> = (event: unknown, context: Context, callback?: Callback) => R;

/** What gives a handler the events that it asks for. */
export interface Wrapper<E> {
  /** The handler, to be exported: `export const handler = apig((event, context) => …)`. */
  <R>(handler: (event: E, context: Context, callback: Callback) => R): Wrapped<R>;
}

/** What gives a handler typed events of one kind. */
export interface Trigger<E> extends Wrapper<E> {
  /**
   * Reads a payload, whatever its shape: JSON as text or bytes, or the value it stands for.
   *
   * @throws {EventInvalid} It is not JSON, or exceeds a limit.
   */
  parse(payload: unknown): E;
}

/** Gives a handler the payload as it came. */
export const raw: Wrapper<Buffer>;

/**
 * Calls `handler` for every invocation until the process is told to stop (SIGTERM, SIGINT), and then ends the process.
 *
 * `onShutdown` is called once before that, after the last invocation. `initializer` is called once before all invocations. If it fails, or the handler cannot be called, the first invocation is answered with the reason
 * and the process exits with status 1.
 */
export function run(handler: Handler, options?: { initializer?: Initializer; onShutdown?: ShutdownHandler }): void;

/** A payload is not JSON, or exceeds a limit. */
export class EventInvalid extends Error {
  readonly name: 'EventInvalid';
  /** Byte offset of what could not be read. */
  readonly offset: number;
  readonly reason: 'not_json' | 'too_deep' | 'too_large';
}
