/** Execution rules as the client reads them: Starlark with `prefix_rule`. Owns their text; which commands they mean is not its to say. */

import type { ExecRule } from '../types/sandbox.ts';
import { tomlComment } from './toml-words.ts';

const HEAD = [
  'Laid out by `codex-guard policy export --codex`; make it anew when the policy changes, do not edit it.',
  'A rule sees the words that a command begins with, and no more. It does not see options in between, variables, `git -C`, aliases, scripts, what a wrapper such as `env` or `xargs` starts, nor which branch is checked out; and files and hosts are no words. All of that is for the guards: these rules repeat what can be said by prefixes, for a session whose hooks do not run.',
];

/** The text of a `.rules` file. `source` is what it follows from, `unmeant` are rules that the policy does not ask for. */
export function writeExecRules(
  { rules, unmeant }: { readonly rules: readonly ExecRule[]; readonly unmeant: readonly ExecRule[] },
  source: string,
): string {
  const head = [`Codex execution rules of ${source}.`, ...HEAD].flatMap((text) => tomlComment(text));
  const left = unmeant.map(({ pattern, from }) => `- ${from}: ${pattern.map(printShort).join(' ')}`);
  const tail =
    left.length === 0 ? [] : ['', '# Not in this policy:', ...left.flatMap((text) => tomlComment(text))];
  return `${[...head, ...rules.flatMap(printRule), ...tail].join('\n')}\n`;
}

function printRule({ pattern, reason, match, notMatch, from }: ExecRule): readonly string[] {
  return [
    '',
    'prefix_rule(',
    `    pattern = [${pattern.map(printToken).join(', ')}],`,
    '    decision = "forbidden",',
    `    justification = ${quote(`[${from}] this ${reason}`)},`,
    `    match = [${match.map(quote).join(', ')}],`,
    `    not_match = [${notMatch.map(quote).join(', ')}],`,
    ')',
  ];
}

function printToken(token: string | readonly string[]): string {
  return typeof token === 'string' ? quote(token) : `[${token.map(quote).join(', ')}]`;
}

function printShort(token: string | readonly string[]): string {
  return typeof token === 'string' ? token : (token[0] ?? '');
}

/** A Starlark string takes the escapes of JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}
