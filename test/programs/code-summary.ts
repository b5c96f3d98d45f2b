/** What a code text does, one short line a thing, so that tests read as tables. `?` stands for what is unknown. */

import { readCode } from '../../lib/programs/code/index.ts';
import type { Outcome } from '../../lib/programs/page.ts';
import type { Effect } from '../../lib/types/effect.ts';
import type { Language, Nested } from '../../lib/types/invocation.ts';
import type { Word } from '../../lib/types/text.ts';
import { word } from './call.ts';

type More = Parameters<typeof readCode>[3];

/** One case: the text, then what it does, in order. */
export type Case = readonly [code: string, ...does: string[]];

/** Reads a text and tells what it does. */
export function summarise(lang: Language, code: string, more?: More): string[] {
  return linesOf(readCode(lang, code, word('CODE'), more));
}

/** An outcome as lines: effects first, then what runs in turn. */
export function linesOf(outcome: Outcome): string[] {
  return [...outcome.effects.map(effectLine), ...(outcome.runs ?? []).map(runLine)];
}

function show(value: Word | undefined): string {
  if (value === undefined) return '';
  const text = value.text ?? (value.pieces ?? [null]).map((piece) => piece ?? '?').join('');
  return value.glob ? `${text} (pattern)` : text;
}

function join(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}

function effectLine(effect: Effect): string {
  switch (effect.kind) {
    case 'file':
      return join(
        effect.uncertain && 'maybe',
        effect.op,
        show(effect.path),
        effect.from && `from ${show(effect.from)}`,
        effect.mode && `to ${effect.mode}`,
        effect.recursive && 'and below',
      );
    case 'net': {
      const port = effect.port === undefined ? '' : `:${effect.port}`;
      const at = `${effect.scheme ? `${effect.scheme}://` : ''}${show(effect.host)}${port}${effect.path ?? ''}`;
      return join(effect.op, effect.method, at, effect.sends && `with ${effect.sends.map(show).join(' ')}`);
    }
    case 'env':
      return join(
        'env',
        effect.op,
        effect.name,
        effect.value && `= ${show(effect.value)}`,
        effect.shown && 'shown',
      );
    case 'opaque':
      return join('opaque', effect.cause);
    case 'run':
      return join(
        'run',
        show(effect.program),
        effect.interactive && 'interactive',
        effect.persistent && 'persistent',
      );
    default:
      return effect.kind;
  }
}

function runLine(nested: Nested): string {
  const tail = join(
    nested.cwd && `(in ${show(nested.cwd)})`,
    nested.place,
    nested.assignments !== undefined &&
      `(${nested.assignments.map((one) => `${one.name}=${show(one.value)}`).join(' ')})`,
    nested.stdin !== undefined && `(< ${nested.stdin === 'pipe' ? 'pipe' : show(nested.stdin)})`,
  );
  if (nested.kind === 'argv') return join('$', nested.argv.map(show).join(' '), tail);
  if (nested.kind === 'code') return join(`${nested.lang}:`, show(nested.code), tail);
  return join(`${nested.lang} file`, show(nested.path), tail);
}
