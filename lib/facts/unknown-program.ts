/** Programs that no page knows: what their words alone suggest, always marked uncertain. */

import { net, wordAt } from '../programs/effects.ts';
import { baseName } from '../shell/names.ts';
import type { Effect } from '../types/effect.ts';
import type { Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';

const URL_START = /^[a-z][a-z0-9+.-]{1,15}:\/\//i;
const LONGEST = 512;

/** Possible effects of the arguments of an unknown program: URLs may be contacted, paths may be read. */
export function suspectEffects(args: readonly Word[]): Effect[] {
  return args.slice(0, 64).flatMap((word): Effect[] => {
    const value = optionValue(word);
    const known = value.text ?? (typeof value.pieces?.[0] === 'string' ? value.pieces[0] : '');
    if (known === '' || known.length > LONGEST || /[\n\s]/.test(known)) return [];
    if (URL_START.test(known)) return [{ ...net(value), uncertain: true }];
    if (value.text === undefined || known.startsWith('-')) return [];
    return [{ kind: 'file', op: 'read', path: value, span: word.span, uncertain: true }];
  });
}

/** The value of `--name=value`, or the word. */
function optionValue(word: Word): Word {
  const equals = word.text?.startsWith('-') ? word.text.indexOf('=') : -1;
  return equals > 0 ? { ...word, text: (word.text as string).slice(equals + 1) } : word;
}

/** Words of an unknown program that are looked at for another program's start. */
const MOST_WORDS = 32;
/** Names that tools also give to their own commands: `mytool rm x` removes one of its things. */
const OWN_COMMANDS =
  'rm mv cp ls cat ln link unlink install env set unset export import find test run exec read write time watch sync split cut sort head tail diff patch make mount kill at open source shutdown service read history login logout add create delete remove clean init build start stop restart status info show list get put push pull fetch clone tag task render set test jobs mail view rename whoami bundle join locate tree host port pod file dir alias date batch screen select look pr fold help version update upgrade config';
/** Options and commands behind which shell text stands. */
const RUNS_TEXT =
  /^(?:--?(?:c|e|x|cmd|command|exec|execute|run|shell|script)|exec|run|sh|shell|cmd|command|eval|do|--)$/;
/** Options whose values are words for people. */
const FOR_PEOPLE =
  /^--?(?:m|t|b|d|message|msg|title|body|description|desc|comment|text|note|notes|subject|prompt|name|label|header|summary|query|q|search|grep|pattern)$/;
/** What is asked of a program that only tells something about others. */
const ASKS = /^(?:help|man|docs?|explain|describe|info|search|whatis|which|--?h(?:elp)?|--version)$/;

/**
 * The start of another program that the words of an unknown one may hold: `mytool -- git push`, `mytool exec 'git push'`.
 *
 * @param isKnown whether a base name is a program that can be read
 */
export function possibleRun(
  program: Word,
  args: readonly Word[],
  isKnown: (name: string) => boolean,
): Nested | undefined {
  const via = `perhaps ${program.text ?? ''}`;
  for (let at = 0; at < args.length && at < MOST_WORDS; at++) {
    const word = args[at] as Word;
    const before = at === 0 ? '' : (args[at - 1]?.text ?? '');
    if (word.text === undefined || word.text.length > LONGEST) continue;
    if (ASKS.test(word.text)) return undefined;
    if (FOR_PEOPLE.test(before)) continue;
    const attached = /^--?(?:cmd|command|exec|run|shell)=(.+)$/s.exec(word.text)?.[1];
    const text = attached ?? (RUNS_TEXT.test(before) ? word.text : undefined);
    if (text !== undefined && /^\s*[\w./-]+\s+\S/.test(text)) {
      const [first = ''] = text.trim().split(/\s/, 1);
      if (isKnown(baseName(first)))
        return { kind: 'code', lang: 'sh', code: wordAt(text, word), via, uncertain: true };
    }
    if (isStart(args.slice(at, at + MOST_WORDS), before, isKnown))
      return { kind: 'argv', argv: args.slice(at), via, uncertain: true };
  }
  return undefined;
}

/** True when the words read like a whole command of a known program. */
function isStart(words: readonly Word[], before: string, isKnown: (name: string) => boolean): boolean {
  const [first, ...rest] = words;
  if (first?.text === undefined || first.glob || !/^[\w./-]*[a-z][\w.-]*$/.test(first.text)) return false;
  const name = baseName(first.text);
  if (!rest.some((word) => !word.text?.startsWith('-')) || !isKnown(name)) return false;
  if (before.startsWith('-') && before !== '--' && !RUNS_TEXT.test(before) && name.length < 3) return false;
  if (before === '--' || /^(?:exec|run)$/.test(before) || !OWN_COMMANDS.split(' ').includes(name))
    return true;
  return rest.some((word) => /^(?:[/~]|\.\.?(?:\/|$))/.test(word.text ?? startOf(word)));
}

/** What an unknown word starts with: for one that starts as a sentence does `''`, for one of which nothing is known `/`. */
function startOf(word: Word): string {
  const first = word.pieces?.[0];
  if (typeof first !== 'string') return '/';
  return /^\w[^/]*\s/.test(first) ? '' : '/';
}

/** An effect that says no more than that something starts; of what only may run that is not worth a word. */
export function isMereStart(effect: Effect): boolean {
  return effect.kind === 'run' && effect.privilege === undefined && effect.remote !== true;
}
