/** Programs that print something made of their words alone: basename, seq, which. Reads no input. */

import { absolutePath, programWord } from './coreutils/paths.ts';
import { readOptions } from './coreutils/spec.ts';
import { wordAt } from './effects.ts';
import type { Call, Outcome } from './page.ts';

/** Programs that print something made of their operands, which must all be known. */
const PRINT: Readonly<Record<string, (call: Call, operands: readonly string[]) => string | undefined>> = {
  basename: (call, [path, suffix]) => {
    const parsed = readOptions(call.args, 'a multiple s= suffix= z');
    if (path === undefined || parsed.has('a', 'multiple', 's', 'suffix', 'z')) return undefined;
    const base = path.replace(/(?<=[^/])\/+$/, '').replace(/^.*\/(?=.)/s, '');
    return suffix !== undefined && base !== suffix && base.endsWith(suffix)
      ? base.slice(0, -suffix.length)
      : base;
  },
  dirname: (_call, [path]) => {
    if (path === undefined) return undefined;
    const trimmed = path.replace(/(?<=[^/])\/+$/, '');
    const slash = trimmed.lastIndexOf('/');
    return slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
  },
  realpath: resolved,
  readlink: (call, operands) =>
    call.args.some((word) => /^-[a-z]*[fem]|^--canonicalize/.test(word.text ?? ''))
      ? resolved(call, operands)
      : undefined,
  pwd: (call) => call.invocation.cwd.text,
  whoami: (call) => call.host.user,
  logname: (call) => call.host.user,
  id: (call) =>
    /^(?:-un|-u -n|-n -u|-nu)$/.test(call.args.map((word) => word.text).join(' '))
      ? call.host.user
      : undefined,
  which: (_call, operands) =>
    operands.length === 1 && /^[\w.+-]+$/.test(operands[0] ?? '') ? `/usr/bin/${operands[0]}` : undefined,
  seq: (call, operands) => {
    if (call.args.length !== operands.length) return undefined;
    const [first = 1, step = 1, last = 1] = seqBounds(operands.map(Number));
    const count = Math.floor((last - first) / step);
    if (![first, step, last].every(Number.isSafeInteger) || step === 0 || count > 10_000) return undefined;
    return Array.from({ length: Math.max(0, count + 1) }, (_, index) => first + index * step).join('\n');
  },
  // It never ends; a reader that stops after some lines gets no more than these.
  yes: (call) => {
    const line = call.args.map((word) => word.text).join(' ') || 'y';
    return Array.from({ length: line.length < 1000 ? 100 : 1 }, () => line).join('\n');
  },
};

/** Names of those programs. */
export const PRINTERS: readonly string[] = Object.keys(PRINT);

function seqBounds(numbers: readonly number[]): readonly number[] {
  if (numbers.length === 1) return [1, 1, numbers[0] as number];
  return numbers.length === 2 ? [numbers[0] as number, 1, numbers[1] as number] : numbers;
}

function resolved(call: Call, [path]: readonly string[]): string | undefined {
  const absolute = path === undefined ? undefined : absolutePath(call, wordAt(path, programWord(call)));
  return absolute === undefined ? undefined : call.host.realPath(absolute);
}

/** The outcome of one of them. */
export function readPrinter(call: Call): Outcome {
  const parsed = readOptions(call.args, 's= suffix= relative-to= relative-base=');
  const known = call.args.every((word) => word.text !== undefined && word.text !== '--help');
  const relative = parsed.has('relative-to', 'relative-base');
  const text =
    known && !relative
      ? PRINT[call.name]?.(
          call,
          parsed.operands.map((word) => word.text as string),
        )
      : undefined;
  return { effects: [], ...(text === undefined ? {} : { stdout: `${text}\n` }) };
}
