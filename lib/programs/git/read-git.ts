/** Reads a whole git call: what stands before the command, aliases, and the command. */

import type { Word } from '../../types/text.ts';
import { file, opaque } from '../effects.ts';
import { partOf } from '../options.ts';
import type { Call, Outcome } from '../page.ts';
import { atRoot, findSetting, type GitCall } from './call.ts';
import { COMMANDS } from './commands.ts';
import { readExtension } from './extensions.ts';
import { readStart, type Start } from './start.ts';

/** Aliases may name aliases; git itself stops at loops. */
const MAX_ALIASES = 10;

/** Reads `git …`, `git-push …` and everything that takes the same arguments. */
export function readGit(call: Call): Outcome {
  return readThrough(call, 0);
}

function readThrough(call: Call, depth: number): Outcome {
  const start = readStart(call);
  const { git } = start;
  if (!git) return start;
  const command = COMMANDS.get(git.command);
  if (command) return asksForHelp(git.args) ? { effects: [] } : join(start, withWorkTree(git, command(git)));
  const alias = findAlias(git);
  if (alias) return readAlias(call, start, git, alias, depth);
  const guesses = findSetting(git, 'help.autocorrect')?.text;
  if (guesses !== undefined && !/^(0|false|off|no|never|show|prompt)$/.test(guesses))
    return join(start, { effects: [opaque(git.word, 'git would guess which command is meant')] });
  return join(start, readExtension(git));
}

/** Operations that write, and for `clean` delete, files all over the work tree. */
const TREE_WIDE = new Set<string>(['reset', 'clean', 'restore', 'checkout', 'switch']);

/** What happens to a work tree elsewhere (`--work-tree=/etc`) happens to files that no other effect names. */
function withWorkTree(git: GitCall, outcome: Outcome): Outcome {
  const { workTree } = git;
  const done =
    workTree && outcome.effects.find((effect) => effect.kind === 'git' && TREE_WIDE.has(effect.op));
  if (!done || outcome.effects.some((effect) => effect.kind === 'file')) return outcome;
  const op = done.kind === 'git' && done.op === 'clean' ? 'delete' : 'write';
  return { ...outcome, effects: [...outcome.effects, file(op, workTree, { recursive: true })] };
}

/** `git push --help` and `git push -h` only print. */
function asksForHelp(args: readonly Word[]): boolean {
  return args[0]?.text === '--help' || (args.length === 1 && args[0]?.text === '-h');
}

function join(start: Start, outcome: Outcome): Outcome {
  return {
    ...outcome,
    effects: [...start.effects, ...outcome.effects],
    runs: [...start.runs, ...(outcome.runs ?? [])],
  };
}

function findAlias(git: GitCall): Word | undefined {
  const name = git.command.toLowerCase();
  return findSetting(git, `alias.${name}`) ?? findSetting(git, `alias.${git.command}.command`);
}

function readAlias(call: Call, start: Start, git: GitCall, alias: Word, depth: number): Outcome {
  if (alias.text === undefined)
    return join(start, {
      effects: [opaque(alias, 'what the git alias stands for is known only when it runs')],
    });
  if (depth >= MAX_ALIASES)
    return join(start, { effects: [opaque(git.word, 'too many git aliases follow one another', 'limit')] });
  if (alias.text.startsWith('!')) {
    const code = partOf(alias, 1);
    const via = `git alias ${git.command}`;
    // Git hands the arguments on as "$@" after the alias's own text.
    const text = git.args.length > 0 ? { ...code, text: `${code.text} "$@"` } : code;
    return join(start, {
      effects: [],
      runs: [{ kind: 'code', lang: 'sh', code: text, args: [code, ...git.args], via, ...atRoot(git) }],
    });
  }
  const words = splitAlias(alias.text).map((text): Word => ({ text, glob: false, span: git.word.span }));
  const args = [...call.args.slice(0, start.index), ...words, ...call.args.slice(start.index + 1)];
  return readThrough({ ...call, name: 'git', args }, depth + 1);
}

/** Splits an alias as git does: blanks, quotes and backslashes, nothing else. */
function splitAlias(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quote === '' && /\s/.test(c)) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else if (quote === '' && (c === "'" || c === '"')) {
      quote = c;
      started = true;
    } else if (c === quote) quote = '';
    else {
      started = true;
      word += c === '\\' && quote !== "'" && i + 1 < text.length ? text[++i] : c;
    }
  }
  if (started) words.push(word);
  return words;
}
