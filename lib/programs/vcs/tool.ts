/** What programs with a table of commands (`jj git push`, `gt submit`) share: finding the command, and saying what it does in git's own words. Knows no program. */

import type { Effect, GitEffect, GitOp } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { joinWord, run, wordAt } from '../effects.ts';
import { unknownAt } from '../git/call.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page, type PageExample } from '../page.ts';
import { data } from '../verbs.ts';

/** One start of such a program, with its command found. */
export interface Scene {
  readonly call: Call;
  /** The command as the table has it: `git push`. */
  readonly verb: string;
  /** The program, for effects that have no word of their own. */
  readonly near: Word;
  readonly args: ParsedArgs;
  /** Operands behind the command. */
  readonly words: readonly Word[];
  /** Directory that an option names, from the invocation's. */
  readonly directory?: Word;
}

/** What a command does. */
export type Deed = (scene: Scene) => Outcome;

/** A program of this kind. */
export interface Tool {
  readonly names: string;
  readonly about: string;
  /** Options of all its commands, as readOptions takes them. */
  readonly options: string;
  /** Options whose value is the directory that it works in. */
  readonly directory?: readonly string[];
  /** Commands, several with the same meaning parted by `;`. The longest that fits counts; `''` is the program alone, `*` any other. */
  readonly deeds: Readonly<Record<string, Deed>>;
  /** What the options alone run, whatever the command. */
  readonly always?: Deed;
  readonly examples: readonly PageExample[];
}

/** Most words that a command has. */
const MOST_WORDS = 3;

/** The page of a program with a table of commands. */
export function toolPage(tool: Tool): Page {
  // Most programs are never met: their tables are made when they are.
  let deeds: ReadonlyMap<string, Deed> | undefined;
  return definePage({
    names: tool.names.split(' '),
    about: tool.about,
    read: (call) => {
      deeds ??= tableOf(tool);
      return readTool(call, tool, deeds);
    },
    examples: tool.examples,
  });
}

function tableOf(tool: Tool): ReadonlyMap<string, Deed> {
  return new Map(
    Object.entries(tool.deeds).flatMap(([verbs, deed]) =>
      verbs.split(';').map((verb): [string, Deed] => [verb.trim(), deed]),
    ),
  );
}

function readTool(call: Call, tool: Tool, deeds: ReadonlyMap<string, Deed>): Outcome {
  const args = readOptions(call.args, tool.options);
  if (asksForHelp(args) || args.has('version')) return NOTHING;
  const near = programWord(call);
  const place = args.value(...(tool.directory ?? []));
  const directory = place ? { directory: joinWord(call.invocation.cwd, place) } : {};
  const always = tool.always?.({ call, verb: '', near, args, words: args.operands, ...directory }) ?? NOTHING;
  const { operands } = args;
  const textOf = (words: readonly Word[]) => words.map((word) => word.text ?? '').join(' ');
  let length = Math.min(MOST_WORDS, operands.length);
  while (length > 0 && !deeds.has(textOf(operands.slice(0, length)))) length--;
  const verb = textOf(operands.slice(0, length));
  const deed = deeds.get(length === 0 && operands.length > 0 ? '*' : verb);
  const own = deed?.({ call, verb, near, args, words: operands.slice(length), ...directory });
  return own ? joined([always, own]) : always;
}

function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    effects: outcomes.flatMap(({ effects }) => effects),
    runs: outcomes.flatMap(({ runs }) => runs ?? []),
  };
}

function isNothing({ effects, runs }: Outcome): boolean {
  return effects.length === 0 && (runs ?? []).length === 0;
}

/** Touches nothing that is judged. */
export const nothing: Deed = () => NOTHING;

/** All of them, one after the other. */
export function inTurn(...deeds: readonly Deed[]): Deed {
  return (scene) => joined(deeds.map((deed) => deed(scene)));
}

/** The first that does anything. */
export function firstOf(...deeds: readonly Deed[]): Deed {
  return (scene) => {
    for (const deed of deeds) {
      const outcome = deed(scene);
      if (!isNothing(outcome)) return outcome;
    }
    return NOTHING;
  };
}

/** Done only with one of the options, written with blanks between them. */
export function given(options: string, deed: Deed): Deed {
  return (scene) => (scene.args.has(...options.split(' ')) ? deed(scene) : NOTHING);
}

/** Not done with any of the options. */
export function unless(options: string, deed: Deed): Deed {
  return (scene) => (scene.args.has(...options.split(' ')) ? NOTHING : deed(scene));
}

/**
 * The same as git command lines, parted by `;`. In a word, `{1}` stands for the first operand, `{@}` for each of them,
 * `{to|t}` for each value of an option, `{trunk}` for the repository's main branch. A line with a gap that nothing fills
 * is left out; `{x?}` may stay empty, and `{x=word}` is the word then.
 */
export function asGit(lines: string): Deed {
  const parsed = lines.split(';').map((line) => line.trim().split(' '));
  return (scene) => ({
    effects: [],
    runs: parsed.flatMap((line) => {
      const argv = fillLine(line, scene);
      const via = `${scene.call.name} ${scene.verb}`.trim();
      const cwd = scene.directory ? { cwd: scene.directory } : {};
      return argv ? [{ kind: 'argv' as const, argv: [wordAt('git', scene.near), ...argv], via, ...cwd }] : [];
    }),
  });
}

function fillLine(line: readonly string[], scene: Scene): readonly Word[] | undefined {
  const argv: Word[] = [];
  for (const part of line) {
    const gap = /^([^{]*)\{([^}?=]+)(\?|=[^}]+)?\}$/.exec(part);
    if (!gap) {
      argv.push(wordAt(part, scene.near));
      continue;
    }
    const [, before = '', name = '', otherwise] = gap;
    const found = wordsOf(name, scene);
    if (found.length === 0 && otherwise === undefined) return undefined;
    const words =
      found.length === 0 && otherwise !== '?' ? [wordAt(otherwise?.slice(1) ?? '', scene.near)] : found;
    argv.push(...words.map((word) => prefixed(before, word)));
  }
  return argv;
}

function wordsOf(name: string, scene: Scene): readonly Word[] {
  if (name === '@') return scene.words;
  if (name === 'trunk') return [trunkOf(scene)];
  if (/^\d$/.test(name)) return scene.words.slice(Number(name) - 1, Number(name));
  return scene.args.values(...name.split('|')).map(bareName);
}

/** jj's `exact:main` and `main=@` name the branch `main`. */
function bareName(word: Word): Word {
  return word.text === undefined
    ? word
    : { ...word, text: word.text.replace(/^(?:exact|glob):/, '').replace(/^([\w./-]+)=.*$/s, '$1') };
}

function prefixed(before: string, word: Word): Word {
  if (before === '') return word;
  if (word.text !== undefined) return { ...word, text: before + word.text };
  return { ...word, pieces: [before, ...(word.pieces ?? [null])] };
}

/** The branch that reviewed work goes to: what the remote says, or the usual name. */
function trunkOf(scene: Scene): Word {
  const { text } = scene.directory ?? scene.call.invocation.cwd;
  const repository = text === undefined ? undefined : scene.call.host.repository(text);
  const name =
    repository?.config('git-town.main-branch') ??
    repository?.config('gitflow.branch.master') ??
    repository?.defaultBranch('origin');
  return wordAt(name ?? 'main', scene.near);
}

/** A git effect of this program. */
export function deedEffect(scene: Scene, op: GitOp, more: Partial<GitEffect> = {}): Effect {
  return {
    kind: 'git',
    op,
    span: scene.near.span,
    ...(scene.directory ? { repo: scene.directory } : {}),
    ...more,
  };
}

/** One git effect; what git has no command line for. */
export function does(op: GitOp, more: Partial<GitEffect> = {}): Deed {
  return (scene) => ({ effects: [deedEffect(scene, op, more)] });
}

/** Sends commits to a branch that only running it would tell, or to those that `find` names. */
export function pushes(
  more: { readonly find?: (scene: Scene) => readonly Word[]; readonly force?: string } = {},
): Deed {
  return (scene) => {
    const found = more.find?.(scene) ?? [];
    const force = more.force !== undefined && scene.args.has(...more.force.split(' '));
    const targets = found.length > 0 ? found : [unknownAt(scene.near)];
    const refs = targets.map((dst) => ({ dst, force, delete: false }));
    return { effects: [deedEffect(scene, 'push', { refs, force: force ? 'yes' : 'no' })] };
  };
}

/** Merges what is under review, on the forge. */
export const mergesRequest: Deed = does('api-merge');

/** Destroys something of a system; the last operand says what. */
export function destroys(system: string): Deed {
  return (scene) => ({
    effects: [data(scene.near, system, scene.verb || scene.call.name, true, scene.words.at(-1))],
  });
}

/** Opens a screen that later keys drive. */
export const opensScreen: Deed = (scene) => ({ effects: [run(scene.near, { interactive: true })] });

/** The words behind the command are a program with its arguments. */
export const runsWords: Deed = (scene) =>
  scene.words.length > 0
    ? {
        effects: [],
        runs: [{ kind: 'argv', argv: scene.words, via: `${scene.call.name} ${scene.verb}` }],
      }
    : NOTHING;

/** Values of options are shell text. */
export function runsCode(...options: readonly string[]): Deed {
  return (scene) => ({
    effects: [],
    runs: scene.args
      .values(...options)
      .map((code) => ({ kind: 'code', lang: 'sh', code, via: `${scene.call.name} ${scene.verb}`.trim() })),
  });
}
