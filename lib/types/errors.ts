/** Errors the product throws on purpose. One printer turns them into text (bin/print-error.ts); hooks turn them into denials. */

/** Something was too large, too deep or too slow to look at. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** Input that is not what its format demands. `where` is its place, `hint` says how to mend it. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    message: string,
    readonly where?: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** Wrong words on the command line; `hint` says how to mend it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A policy that cannot be used as written. `line` and `column` start at 1, where there are any. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  constructor(
    message: string,
    readonly file: string,
    readonly line?: number,
    readonly column?: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** The machine did not give what was asked: a missing program, an unreadable directory. `where` is its place, `hint` says how to mend it. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(
    message: string,
    readonly where?: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A guard threw. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
  constructor(
    readonly guard: string,
    override readonly cause: unknown,
  ) {
    super(`guard ${guard} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** What was asked for is not for whoever asks, or not from here. `hint` says who may, and where. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}
