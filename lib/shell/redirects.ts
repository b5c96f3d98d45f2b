/** Redirections: which files a command opens, what it reads, where its output goes. */

import type { Redirection } from 'unbash';
import type { Invocation, Redirect } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { type Expander, expandQuoted, expandText } from './expand.ts';
import type { Frame, Machine, ShellState, Stdin } from './machine.ts';
import { absolutePath } from './paths.ts';
import { concat, knownText, NO_OUTPUT, type Options, type Text, textOf, toWord } from './value.ts';

export interface Opened {
  readonly redirects: readonly Redirect[];
  readonly stdin: Stdin;
  /** True when standard output goes elsewhere than it did: to a file or, with `>&2`, to another stream. */
  readonly diverted: boolean;
  /** Says which files are opened, for compound commands that start nothing themselves. */
  readonly announce: (state: ShellState, frame: Frame, machine: Machine) => void;
  /** Takes the output to where it goes: to a file, remembered for later readers, or on. */
  readonly deliver: (output: Options, state: ShellState, machine: Machine) => Options;
}

/** Expands redirections in order. */
export function openRedirects(list: readonly Redirection[], ex: Expander, machine: Machine): Opened {
  const redirects: Redirect[] = [];
  let stdin: Stdin;
  let stdoutGone = false;
  let diverted = false;
  for (const item of list) {
    const span = ex.spanOf(item);
    if (item.type === 'HereDoc') {
      const body: Text =
        item.body.parts === undefined ? textOf(item.body.text) : expandQuoted(item.body.parts, ex);
      if (descriptor(item) === 0)
        stdin = { kind: 'text', options: [item.operator === '<<-' ? dropTabs(body) : body] };
      continue;
    }
    if (item.target === undefined) continue;
    if (item.type === 'HereString') {
      stdin = { kind: 'text', options: [concat(expandText(item.target, ex), ['\n'])] };
      continue;
    }
    const text = expandText(item.target, ex);
    const isPattern =
      item.target.parts?.some((part) => part.type === 'Glob' || part.type === 'ExtendedGlob') === true;
    const target: Word = toWord(text, span, isPattern);
    if (
      (item.operator === '>&' || item.operator === '<&') &&
      (/^(?:\d+-?|-)$/.test(target.text ?? '') || target.text === undefined)
    ) {
      if (descriptor(item, item.operator === '>&' ? 1 : 0) === 1 && target.text !== '1') diverted = true;
      continue;
    }
    if (item.operator === '<') {
      if (descriptor(item, 0) === 0) stdin = readFrom(target, machine);
      if (stdin?.kind === 'text' && target.text?.startsWith('/dev/fd/')) continue;
      redirects.push({ op: 'read', fd: descriptor(item, 0), target });
      continue;
    }
    const fd = descriptor(item, item.operator === '<>' ? 0 : 1);
    if (fd === 1) stdoutGone = true;
    redirects.push({
      op: item.operator === '<>' ? 'read-write' : item.operator.includes('>>') ? 'append' : 'write',
      fd,
      target,
    });
  }
  return {
    redirects,
    stdin,
    diverted: diverted || stdoutGone,
    announce: (state, frame, m) => {
      if (redirects.length === 0) return;
      m.sink.start({
        argv: [],
        assignments: [],
        redirects,
        cwd: toWord(state.cwd[0] ?? [], (redirects[0] as Redirect).target.span),
        via: frame.via,
        span: (redirects[0] as Redirect).target.span,
        ...(frame.place === undefined ? {} : { place: frame.place }),
      } satisfies Invocation);
    },
    deliver: (output, state, m) => {
      for (const redirect of redirects) {
        if (redirect.fd !== 1 || redirect.target.text === undefined || redirect.op === 'read') continue;
        const path = absolutePath(redirect.target.text, state.cwd[0] ?? []);
        if (path === undefined) continue;
        const appends = redirect.op === 'append';
        m.files.set(path, appends ? appended(m.files.get(path), output) : output);
        const text = output.length === 1 ? knownText(output[0] as Text) : undefined;
        if (text !== undefined) m.sink.wrote?.(path, text, appends);
      }
      return stdoutGone ? NO_OUTPUT : output;
    },
  };
}

function appended(before: Options | undefined, output: Options): Options {
  return before === undefined ? output : before.flatMap((a) => output.map((b) => concat(a, b))).slice(0, 8);
}

function readFrom(target: Word, machine: Machine): Stdin {
  const written = target.text === undefined ? undefined : machine.files.get(target.text);
  return written !== undefined && target.text?.startsWith('/dev/fd/')
    ? { kind: 'text', options: written }
    : { kind: 'file', path: target };
}

function descriptor(item: Redirection, otherwise = 0): number {
  return item.descriptor?.type === 'FileDescriptor'
    ? item.descriptor.value
    : item.descriptor === undefined
      ? otherwise
      : -1;
}

/** `<<-` strips leading tabs of every line. */
function dropTabs(text: Text): Text {
  return text.map((piece, i) =>
    typeof piece === 'string' ? piece.replace(i === 0 ? /(^|\n)\t+/g : /(\n)\t+/g, '$1') : piece,
  );
}

/** What a command reads on standard input, as a plain string when that is known. */
export function stdinText(stdin: Stdin): string | undefined {
  return stdin?.kind === 'text' && stdin.options.length === 1
    ? knownText(stdin.options[0] as Text)
    : undefined;
}
