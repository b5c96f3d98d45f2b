/** Judges file effects: what is deleted, locked away or overwritten, and whether it can be made again. */

import { draft } from '../../kit/draft.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { firstMatch } from '../../kit/path-rules.ts';
import { isDevice, isWithin, lastPart, namesOf, printPath, subjectPath } from '../../kit/paths.ts';
import { isOpenPattern } from '../../kit/patterns.ts';
import { knownTail } from '../../kit/words.ts';
import type { FileEffect, PathFact } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** What builds, tests and package managers make again: base names, and globs for whole trees. */
export const DISPOSABLE: readonly string[] = [
  ...['node_modules', '**/node_modules/**', 'bower_components', 'dist', 'build', 'out', 'target', 'coverage'],
  ...[
    '.cache',
    '**/.cache/**',
    '.next',
    '.nuxt',
    '.output',
    '.svelte-kit',
    '.turbo',
    '.parcel-cache',
    '.vite',
  ],
  ...['.angular', '.expo', '.nyc_output', '.eslintcache', '*.tsbuildinfo', 'storybook-static'],
  ...['__pycache__', '**/__pycache__/**', '.venv', 'venv', '.tox', '.nox', '.pytest_cache', '.mypy_cache'],
  ...['.ruff_cache', '.ipynb_checkpoints', 'htmlcov', '.coverage', '*.egg-info', '*.pyc', '*.pyo'],
  ...['.gradle', '.dart_tool', 'DerivedData', '_build', 'cmake-build-*', '*.o', '*.class'],
  ...['tmp', 'temp', '*.tmp', '*.log', 'logs', 'test-results', 'playwright-report'],
  ...['~/.cache/**', '~/.npm/_cacache/**', '~/.npm/_npx/**', '~/.cargo/registry/**', '~/.gradle/caches/**'],
  ...['~/go/pkg/mod/**', '~/Library/Caches/**', '~/.local/share/Trash/**'],
];

interface Rules {
  readonly disposable: GlobSet;
  readonly overwrites: boolean;
}
type Directories = HostFacts['paths'];

const BY_NAME = 'delete single files of the project by name';
const STAY_INSIDE = 'keep to files of the project, and leave this one to a person';
/** Where `build` or `out` is no project's, but the machine's. */
const SYSTEM = /^\/(?:bin|boot|dev|etc|lib\w*|opt|proc|run|sbin|srv|sys|usr|var)(?:\/|$)|^\/[^/]*$/;
const TEMPORARY_ROOT = /^(?:\/private)?(?:\/tmp|\/var\/tmp|\/dev\/shm)$/;

/** Findings about one file effect. */
export function judgeFile(
  effect: FileEffect,
  rules: Rules,
  directories: Directories,
): readonly FindingDraft[] {
  const more = effect.at ? { subject: { path: subjectPath(effect.at, directories) } } : {};
  const reply = (message: string, remedy: string, rest: Partial<FindingDraft> = {}) => [
    draft(effect, message, remedy, { ...more, ...rest }),
  ];
  const name = printPath(effect.path, effect.at, directories);
  switch (effect.op) {
    case 'delete': {
      const loss = findDeletion(effect, rules, directories);
      if (loss === undefined) return [];
      const message = loss.uncertain
        ? `this deletes ${name} with all that is in it, and where that is shows only when it runs`
        : `this deletes ${name}${loss.what}`;
      return reply(message, loss.remedy, { ...loss.more, ...(loss.uncertain ? { uncertain: true } : {}) });
    }
    case 'chmod':
      return locksAway(effect, rules, directories)
        ? reply(
            `this changes the permissions of ${name} and of all below it`,
            'change single files of the project by name',
          )
        : [];
    case 'move':
      return effect.fromAt && isVital(effect.fromAt, directories)
        ? reply(`this moves ${printPath(effect.from as Word, effect.fromAt, directories)} away`, BY_NAME)
        : judgeWrite(effect, rules, name, directories, reply);
    default:
      return judgeWrite(effect, rules, name, directories, reply);
  }
}

type Reply = (message: string, remedy: string) => readonly FindingDraft[];

function judgeWrite(
  effect: FileEffect,
  rules: Rules,
  name: string,
  directories: Directories,
  reply: Reply,
): readonly FindingDraft[] {
  const { at } = effect;
  if (at === undefined || effect.place || effect.op === 'read' || effect.op === 'list') return [];
  if (isDevice(at.absolute)) return reply(`this writes to the device ${name}`, STAY_INSIDE);
  if (!rules.overwrites || !effect.clobbers || at.kind !== 'file') return [];
  if (at.zone === 'temporary' || isDisposable(effect.path, at, rules, directories)) return [];
  return reply(`this replaces all that ${name} holds`, 'change it with a patch, or write a new file');
}

interface Deletion {
  /** What follows the path in the message. */
  readonly what: string;
  readonly remedy: string;
  readonly uncertain?: boolean;
  readonly more?: Partial<FindingDraft>;
}

function findDeletion(effect: FileEffect, rules: Rules, directories: Directories): Deletion | undefined {
  if (effect.place !== undefined) return findElsewhere(effect, rules, directories);
  const { at, path } = effect;
  if (at === undefined) return findUnknown(effect, rules, directories);
  const whole = effect.recursive === true || at.kind === 'directory';
  if (isEverything(at) || (whole && isVital(at, directories)))
    return { what: ', the whole of it', remedy: BY_NAME };
  if (at.zone === 'temporary')
    return TEMPORARY_ROOT.test(parentOf(at.absolute)) && isOpenPattern(lastPart(at.absolute))
      ? {
          what: ', also what other programs keep there',
          remedy: 'delete what you made yourself, by name',
          more: { level: 'warn' },
        }
      : undefined;
  if (at.zone === 'project') return undefined;
  if (!SYSTEM.test(at.absolute) && isDisposable(path, at, rules, directories)) return undefined;
  return { what: ', outside the project, where nothing brings it back', remedy: STAY_INSIDE };
}

/** On another machine there is no project: whatever is not temporary or made again is somebody's. */
function findElsewhere(effect: FileEffect, rules: Rules, directories: Directories): Deletion | undefined {
  const text = effect.path.text;
  if (!effect.recursive || (text !== undefined && isDisposable(effect.path, undefined, rules, directories)))
    return undefined;
  if (effect.place === 'container')
    return { what: ' in a container', remedy: BY_NAME, more: { level: 'note' } };
  const what = ' on another machine';
  const remedy = 'leave this to a person: name the machine and what is to go';
  if (text === undefined) return { what, remedy, uncertain: true };
  if (/^\/(?:tmp|var\/tmp)\/[^/]/.test(text) && !text.includes('..')) return undefined;
  return /^[/~]|^\.{0,2}\/?\*?$|\.\./.test(text) ? { what, remedy } : undefined;
}

/** A path of which only a part is known. */
function findUnknown(effect: FileEffect, rules: Rules, directories: Directories): Deletion | undefined {
  const tail = knownTail(effect.path).replace(/\/\*?$/, '');
  if (tail.includes('/') && rules.disposable.match(lastPart(tail)) !== undefined) return undefined;
  const { below } = effect;
  if (below !== undefined) {
    if (below.zone === 'temporary') return undefined;
    if (isDisposable(effect.path, below, rules, directories)) return undefined;
    if (below.zone !== 'project')
      return { what: ', outside the project, where nothing brings it back', remedy: STAY_INSIDE };
    if (below.relative !== '' || rules.disposable.match(tail) !== undefined) return undefined;
  }
  if (!effect.recursive) return undefined;
  return { what: '', remedy: 'name the directory in full', uncertain: true };
}

/** The project, its repository, home, a disk's root, or a directory that holds one of them. */
function isVital(at: PathFact, directories: Directories): boolean {
  if (at.relative !== undefined) return at.relative === '' || /^\.git(?:\/|$)/.test(at.relative);
  return (
    at.absolute === '/' ||
    isWithin(directories.home, at.absolute) ||
    TEMPORARY_ROOT.test(at.absolute) ||
    /\/\.git$/.test(at.absolute)
  );
}

/** `*`, `**` or `.*` at the top of the project. */
function isEverything(at: PathFact): boolean {
  return (
    at.relative !== undefined && at.relative !== '' && isOpenPattern(at.relative) && !hasName(at.relative)
  );
}

/** True when a pattern names a directory that all of it lies below. */
function hasName(relative: string): boolean {
  return relative.split('/').some((part) => !/[*?[]/.test(part));
}

/** True for what the policy says can be made again; a pattern for all in a directory counts as the directory. */
function isDisposable(path: Word, at: PathFact | undefined, rules: Rules, directories: Directories): boolean {
  if (firstMatch(namesOf(path, at, directories), rules.disposable) !== undefined) return true;
  const text = at?.absolute ?? path.text ?? '';
  if (!/[*?]/.test(lastPart(text)) || !isOpenPattern(lastPart(text))) return false;
  const parent = parentOf(text);
  return (
    rules.disposable.match(lastPart(parent)) !== undefined || rules.disposable.match(parent) !== undefined
  );
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Recursive changes outside the project, and those that take the owner's own access away. */
function locksAway(effect: FileEffect, rules: Rules, directories: Directories): boolean {
  const { at } = effect;
  if (!effect.recursive || at === undefined || effect.place || at.zone === 'temporary') return false;
  if (isDisposable(effect.path, at, rules, directories)) return false;
  return at.zone !== 'project' || takesAccess(effect.mode ?? '');
}

/** `000`, `0077`, `a-rwx`, `u-r`, `=`: the owner can no longer read. */
function takesAccess(mode: string): boolean {
  if (/^[0-7]{1,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o400) === 0;
  return mode.split(',').some((clause) => {
    const [, who = '', op, rights = ''] = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause) ?? [];
    const owner = who === '' || /[ua]/.test(who);
    return owner && ((op === '-' && rights.includes('r')) || (op === '=' && !rights.includes('r')));
  });
}
