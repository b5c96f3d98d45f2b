/** The one printer of errors, for people and for programs: code, what, where, how to mend. */

import { HostError, InputError, LimitError, PolicyError, RefusalError, UsageError } from '../lib/api.ts';
import { EXIT } from './command.ts';

/** An error as `codex-guard/error/v1` says it. */
export interface ErrorReport {
  readonly code: 'usage' | 'input' | 'policy' | 'refused' | 'limit' | 'host' | 'internal';
  readonly message: string;
  readonly where?: string;
  readonly hint?: string;
  readonly exitCode: number;
}

/** What the system says most often when a file cannot be used, in words. */
const SYSTEM: Readonly<Record<string, readonly [what: string, hint?: string]>> = {
  ENOENT: ['there is no such file or directory'],
  ENOTDIR: ['a part of this path is no directory'],
  EISDIR: ['this is a directory, not a file'],
  EACCES: ['permission denied', 'look at its mode and owner, and at those of the directories above it'],
  EPERM: ['permission denied', 'look at its owner, and whether it is immutable'],
  EROFS: ['this lies on a read-only file system'],
  ENOSPC: ['the disk is full'],
  EDQUOT: ['your part of the disk is full'],
  ELOOP: ['too many symbolic links lead in a circle'],
  ENAMETOOLONG: ['this name is too long'],
  EMFILE: ['too many files are open'],
  ETXTBSY: ['the file is in use'],
};

/** What an error is, for whoever reads it. */
export function describeError(error: unknown): ErrorReport {
  if (error instanceof UsageError) return { code: 'usage', ...partsOf(error), exitCode: EXIT.usage };
  if (error instanceof RefusalError) return { code: 'refused', ...partsOf(error), exitCode: EXIT.findings };
  if (error instanceof InputError) return { code: 'input', ...partsOf(error), exitCode: EXIT.usage };
  if (error instanceof LimitError) return { code: 'limit', ...partsOf(error), exitCode: EXIT.internal };
  if (error instanceof HostError) return { code: 'host', ...partsOf(error), exitCode: EXIT.internal };
  if (error instanceof PolicyError)
    return {
      code: 'policy',
      ...partsOf(error),
      where: [error.file, error.line, error.column].filter((part) => part !== undefined).join(':'),
      exitCode: EXIT.policy,
    };
  const said = describeSystemError(error);
  if (said !== undefined) return { code: 'host', ...partsOf(said), exitCode: EXIT.internal };
  return {
    code: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint: 'this is a defect of codex-guard; please report it with the text above',
    exitCode: EXIT.internal,
  };
}

/** What the operating system refused, in words; undefined for any other error. */
export function describeSystemError(
  error: unknown,
):
  | { readonly message: string; readonly where?: string | undefined; readonly hint?: string | undefined }
  | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return undefined;
  const [message, hint] = SYSTEM[code] ?? [error.message];
  // A file is written beside its place first.
  return { message, where: path?.replace(/\.\d+\.tmp$/, ''), hint };
}

/** For standard error. */
export function printError({ code, message, where, hint }: ErrorReport): string {
  return [
    `error[${code}]: ${message}`,
    ...(where === undefined ? [] : [`  at ${where}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join('\n');
}

function partsOf({
  message,
  where,
  hint,
}: {
  readonly message: string;
  readonly where?: string | undefined;
  readonly hint?: string | undefined;
}): Pick<ErrorReport, 'message' | 'where' | 'hint'> {
  return {
    message,
    ...(where === undefined ? {} : { where }),
    ...(hint === undefined ? {} : { hint }),
  };
}
