/** tox: the commands of its environments, from tox.ini, setup.cfg, tox.toml or pyproject.toml. */

import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Book, type FoundFile, fileOf, HOLE, runTasks, type Step } from './steps.ts';
import { readToml } from './toml.ts';
import { isTable, listOf, tableUnder, textsOf, textUnder, under } from './tree.ts';

const COMMANDS = ['commands_pre', 'commands', 'commands_post'];

type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Sections of an ini file; lines that stand further to the right go on with the last value. */
function readIni(text: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const head = /^\[([^\]]+)\]/.exec(line);
    if (head) {
      section = sections.get(head[1] as string) ?? new Map();
      sections.set(head[1] as string, section);
      key = undefined;
    } else if (/^\s/.test(line) && key !== undefined) section.set(key, `${section.get(key)}\n${line.trim()}`);
    else {
      const at = line.search(/[=:]/);
      key = at < 0 ? undefined : line.slice(0, at).trim();
      if (key !== undefined) section.set(key, line.slice(at + 1).trim());
    }
  }
  return sections;
}

/** One step for each line of a value, with what stands in braces filled in. */
function linesOf(value: string, args: string | undefined): readonly Step[] {
  return (
    value
      .replace(/\\\n/g, ' ')
      .split('\n')
      .map((line) => line.trim().replace(/^[-!]\s*/, ''))
      // `py312,lint: command` holds for some environments only.
      .map((line) => line.replace(/^[\w!,.-]+:\s+/, ''))
      .filter((line) => line !== '')
      .map((line) => ({ code: fill(line, args) }))
  );
}

function fill(line: string, args: string | undefined): string {
  return line.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    name.startsWith('posargs')
      ? (args ?? name.slice(8))
      : /^(?:toxinidir|tox_root)$/.test(name)
        ? '.'
        : name === ''
          ? whole
          : HOLE,
  );
}

interface Environments {
  readonly steps: (name: string) => readonly Step[] | undefined;
  /** Environments that run when none is asked for. */
  readonly listed: readonly string[];
}

function fromIni(text: string, prefix: string, args: string | undefined): Environments {
  const sections = readIni(text);
  const base = sections.get('testenv');
  const value = (name: string, key: string): string | undefined =>
    sections.get(`testenv:${name}`)?.get(key) ?? base?.get(key);
  const listed = sections.get(prefix)?.get('envlist') ?? sections.get(prefix)?.get('env_list') ?? '';
  return {
    steps: (name) =>
      sections.has(`testenv:${name}`) || base !== undefined
        ? COMMANDS.flatMap((key) => linesOf(value(name, key) ?? '', args))
        : undefined,
    listed: listed.match(/[\w.-]+/g) ?? [],
  };
}

function fromToml(text: string, name: string, args: string | undefined): Environments | undefined {
  const { tree } = readToml(text);
  const top = name === 'pyproject.toml' ? under(tree, 'tool', 'tox') : tree;
  const legacy = textUnder(top, 'legacy_tox_ini');
  if (legacy !== undefined) return fromIni(legacy, 'tox', args);
  if (!isTable(top)) return undefined;
  const base = under(top, 'env_run_base');
  return {
    steps: (env) => {
      const own = under(top, 'env', env);
      if (own === undefined && base === undefined) return undefined;
      return COMMANDS.flatMap((key) =>
        listOf(under(own, key) ?? under(base, key)).map(
          (row): Step => ({
            argv: textsOf(row).map((word) => fill(word, args)),
          }),
        ),
      );
    },
    listed: textsOf(tableUnder(tree).get('env_list')),
  };
}

function readTox(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'e= c= conf= root= workdir= x= override= f= m= p? parallel? o skip-env= result-json= python= l listenvs a listenvs-all h help version showconfig notest n devenv=',
  );
  if (parsed.has('l', 'listenvs', 'a', 'listenvs-all', 'h', 'help', 'version', 'showconfig', 'notest', 'n'))
    return NOTHING;
  const dashes = call.args.findIndex((word) => word.text === '--');
  const [verb] = parsed.operands;
  if (
    /^(?:list|l|config|c|quickstart|q|devenv|d|exec|e|schema|man)$/.test(verb?.text ?? '') &&
    verb !== call.args[dashes + 1]
  )
    return NOTHING;
  const behind = dashes < 0 ? [] : call.args.slice(dashes + 1);
  const args =
    dashes < 0 || behind.some((word) => word.text === undefined)
      ? undefined
      : behind.map((word) => word.text).join(' ');
  const found = fileOf(
    call,
    ['tox.ini', 'setup.cfg', 'tox.toml', 'pyproject.toml'],
    parsed.value('c', 'conf'),
  );
  const environments = found === undefined ? undefined : environmentsOf(found, args);
  if (found === undefined || environments === undefined) return NOTHING;
  const near = programWord(call);
  const given: readonly Word[] = parsed
    .values('e')
    .flatMap((word) =>
      word.text === undefined ? [word] : word.text.split(',').map((text) => wordAt(text, word)),
    );
  const listed = environments.listed.length > 0 ? environments.listed : ['py'];
  const asked = given.length > 0 ? given : listed.map((name) => wordAt(name, near));
  const book: Book = { folder: found.folder, whole: true, steps: environments.steps };
  return runTasks(call, 'tox', book, asked);
}

function environmentsOf(found: FoundFile, args: string | undefined): Environments | undefined {
  if (found.name.endsWith('.toml')) return fromToml(found.text, found.name, args);
  return fromIni(found.text, found.name === 'setup.cfg' ? 'tox:tox' : 'tox', args);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['tox', 'detox'],
    about: 'tox: runs commands in environments of their own',
    read: readTox,
    examples: [
      { command: 'tox -l', effects: [] },
      { command: 'tox -e py312 -- -k rm', effects: [] },
      { command: 'tox', effects: [] },
    ],
  }),
];
