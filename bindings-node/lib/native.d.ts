// The native module, as the package's JavaScript sees it; src/ has it in Rust. `index.d.ts` is what users see.

import type { Context as PublicContext, Logger as PublicLogger } from '../index';

export class Runtime {
  /** @throws {Error} There is no platform to ask for events. */
  constructor();
  initializerContext(): Context;
  /** Hands over every invocation, then null once there will be no more. */
  start(deliver: (invocation: Invocation | null) => void): void;
  /** Answers the first invocation with the reason why there is no function, then calls `told`. */
  refuse(type: string, message: string, stackTrace: string[], told: () => void): void;
  stop(): void;
  /** Answers what has no answer yet, because the process ends at once. */
  giveUp(): void;
  /** Waits until all replies have been sent. */
  finish(): void;
}

/** Hands over the context of every invocation that takes longer than its timeout, from whatever thread it is called. */
export function watchTimeouts(deliver: (context: Context) => void): void;

/** Answered once; after that every method throws. */
export class Invocation {
  context(): Context;
  text(): string;
  /** Of a payload that is mostly one string: what is around it, what stands for it there, and the string. Of others nothing. */
  split(): [around: string, mark: string, inside: string] | [];
  bytes(): Buffer;
  /** The payload as text if it is ASCII and not longer than that. */
  ascii(most: number): string | undefined;
  kind(): string;
  event(kind: string | undefined): Event | ParseFailure;
  failure(): ParseFailure | null;
  respondNone(): void;
  respondText(text: string): void;
  respondBytes(bytes: Uint8Array): void;
  respondJson(json: string): void;
  fail(type: string, message: string, stackTrace: string[]): void;
}

/** lib/context.js adds what `PublicContext` has besides. */
export interface Context extends PublicContext {
  userDataEntries(): string[];
  nativeLogger(): Logger;
  setting(name: string): string | number | undefined;
}
export const Context: { readonly prototype: Context };

export class Logger {
  log(level: string | null, text: string): void;
  isEnabled(level: string): boolean;
  setLevel(level: string): boolean;
}

export interface ParseFailure {
  message: string;
  offset: number;
  reason: string;
}

/** A path leads from the event to an object in it, by rows and indices; none is the event itself. */
export class Event {
  readonly kind: string;
  findings(): { path: string; found: string; read: string }[];
  canonical(): string;
  wire(): string;
  has(path: number[]): boolean;
  jsonOf(path: number[]): string;
  unknown(path: number[] | undefined): string[];
  text(row: number, path: number[] | undefined): string | undefined;
  boolean(row: number, path: number[] | undefined): boolean;
  integer(row: number, path: number[] | undefined): number | null;
  epochMs(row: number, path: number[] | undefined): number | null;
  decoded(row: number, path: number[] | undefined): Buffer;
  json(row: number, path: number[] | undefined): string | undefined;
  texts(row: number, path: number[] | undefined): string[];
  map(row: number, path: number[] | undefined): string[];
  find(name: string, row: number, path: number[] | undefined): string | undefined;
  findAll(name: string, row: number, path: number[] | undefined): string[];
  count(row: number, path: number[] | undefined): number;
  extra(number: number, path: number[] | undefined): string | null;
}

export interface EventTable {
  name: string;
  kind?: string;
  fields: EventField[];
  extras: string[];
  /** Whether members may stand elsewhere than the documents say. */
  isRearranged: boolean;
}

export interface EventField {
  name: string;
  key: string;
  hasAliases: boolean;
  kind: string;
  table?: string;
  moved: boolean;
}

export class CapturedLines {
  take(): string[];
}

export interface ContextOptions {
  requestId: string;
  headers: string[];
  variables: Record<string, string>;
  userData: Record<string, string>;
  logFormat: string;
}

export function parseEvent(payload: string | Uint8Array, kind: string | undefined): Event | ParseFailure;
export function kindOf(payload: Uint8Array): string;
export function eventTables(): EventTable[];
export function makeContext(options: ContextOptions, log: CapturedLines): Context;
