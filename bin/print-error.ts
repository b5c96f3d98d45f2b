/** The one printer of errors: code, what, where, how to mend. */

import { HostError, InputError, LimitError, PolicyError, RefusalError, UsageError } from '../lib/api.ts';
import { EXIT } from './command.ts';

/** Text for standard error and the exit code that goes with it. */
export function describeError(error: unknown): { text: string; exitCode: number } {
  if (error instanceof UsageError)
    return { text: lines('usage', error.message, undefined, error.hint), exitCode: EXIT.usage };
  if (error instanceof RefusalError)
    return { text: lines('refused', error.message, undefined, error.hint), exitCode: EXIT.findings };
  if (error instanceof PolicyError)
    return {
      text: lines('policy', error.message, `${error.file}:${error.line}:${error.column}`, error.hint),
      exitCode: EXIT.policy,
    };
  if (error instanceof InputError) return { text: lines('input', error.message), exitCode: EXIT.usage };
  if (error instanceof LimitError) return { text: lines('limit', error.message), exitCode: EXIT.internal };
  if (error instanceof HostError) return { text: lines('host', error.message), exitCode: EXIT.internal };
  const code = (error as { code?: string } | null)?.code;
  if (error instanceof Error && typeof code === 'string' && /^E[A-Z]+$/.test(code))
    return { text: lines('host', error.message), exitCode: EXIT.internal };
  return {
    text: lines(
      'internal',
      error instanceof Error ? (error.stack ?? error.message) : String(error),
      undefined,
      'this is a defect of codex-guard; please report it with the text above',
    ),
    exitCode: EXIT.internal,
  };
}

function lines(code: string, what: string, where?: string, hint?: string): string {
  return [
    `error[${code}]: ${what}`,
    ...(where === undefined ? [] : [`  at ${where}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join('\n');
}
