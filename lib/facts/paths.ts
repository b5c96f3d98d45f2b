/** Turns words that name files into places: absolute, links resolved, with the area they lie in. Judges nothing. */

import type { PathFact } from '../types/effect.ts';
import type { HostView } from '../types/host.ts';
import type { Word } from '../types/text.ts';
import { foldPath, KERNEL_ROOT } from './links.ts';
import { isWithin } from './places.ts';

/** More names than a path can have that the kernel takes. */
const MAX_NAMES = 4096;
const MAX_PASSWD = 1 << 20;
const OWN_DIRECTORY = /^\/proc\/(self|thread-self)(\/task\/\d+)?\/cwd$/;
const GLOB = /[*?[]|[@+!]\(/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * The place that a word names when a program in `cwd` opens it. Undefined when the word, or the directory it is
 * relative to, is not known before it runs. `~` counts as the home directory even where it was quoted.
 */
export function resolvePath(word: Word, cwd: Word, host: HostView): PathFact | undefined {
  if (word.text === undefined || word.text === '') return undefined;
  return resolveText(word.text, word.glob, cwd, host);
}

/**
 * The last directory that is known of a word with unknown pieces: `/etc/` of `/etc/$name`, the working directory of
 * `log-$n`. What is unknown may still lead out of it (`..`). For a known word the same as {@link resolvePath}.
 */
export function knownPrefixPath(word: Word, cwd: Word, host: HostView): PathFact | undefined {
  if (word.text !== undefined) return resolvePath(word, cwd, host);
  const start = word.pieces?.[0];
  if (typeof start !== 'string') return undefined;
  const directory = start.slice(0, start.lastIndexOf('/') + 1);
  return resolveText(directory === '' ? '.' : directory, word.glob, cwd, host);
}

function resolveText(text: string, glob: boolean, cwd: Word, host: HostView): PathFact | undefined {
  const directory = cwd.text === undefined ? undefined : expandHome(cwd.text, '/', host);
  const expanded = expandHome(text, directory, host);
  if (expanded === undefined) return undefined;
  if (!expanded.startsWith('/') && !directory?.startsWith('/')) return undefined;
  const full = expanded.startsWith('/') ? expanded : `${directory}/${expanded}`;
  const names = full.split('/');
  // Only what the word itself brought can be a pattern: a directory called `[id]` is just that.
  const ownFrom = expanded.startsWith('/') ? 0 : names.length - expanded.split('/').length;
  const firstGlob = glob ? names.findIndex((name, index) => index >= ownFrom && GLOB.test(name)) : -1;
  const prefix = throughKernelNames(firstGlob === -1 ? names : names.slice(0, firstGlob), directory ?? '/');
  const rest = firstGlob === -1 ? [] : names.slice(firstGlob);
  const absolute = normalize(foldPath([...prefix, ...rest]));
  // A `..` behind a link leaves the link's target, so links are resolved before anything is folded.
  const real = normalize(foldPath([...host.realPath(prefix.join('/') || '/').split('/'), ...rest]));
  const kind = firstGlob === -1 ? host.pathKind(real) : undefined;
  return { absolute, real, ...findZone(real, host), ...(kind === undefined ? {} : { kind }) };
}

/** `~`, `~user` and `~+` at the start of a word. Undefined when nobody can say (`~-`). */
function expandHome(text: string, directory: string | undefined, host: HostView): string | undefined {
  if (!text.startsWith('~')) return text;
  const slash = text.indexOf('/');
  const name = text.slice(1, slash === -1 ? text.length : slash);
  const rest = slash === -1 ? '' : text.slice(slash);
  if (name === '' || name === host.user) return host.home + rest;
  if (name === '+') return directory === undefined ? undefined : directory + rest;
  if (name === '-' || /^[+-]?\d+$/.test(name)) return undefined;
  // The shell leaves it alone when there is no such user: then it is a file name.
  return /^[\w.][\w.-]*$/.test(name) ? findHome(name, host) + rest : text;
}

function findHome(user: string, host: HostView): string {
  const passwd = host.readFile('/etc/passwd', MAX_PASSWD) ?? '';
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${user}:`));
  const found = line?.split(':')[5];
  if (found?.startsWith('/')) return found;
  return `${host.home.slice(0, host.home.lastIndexOf('/'))}/${user}`;
}

/** Replaces `/proc/self/cwd` and `/proc/<any>/root`, which lead elsewhere in the program than in the hook. */
function throughKernelNames(names: readonly string[], directory: string): readonly string[] {
  if (!names.includes('proc') || names.length > MAX_NAMES) return names;
  let passed: string[] = [];
  for (const name of names) {
    passed.push(name);
    if (name !== 'cwd' && name !== 'root') continue;
    const here = foldPath(passed);
    if (OWN_DIRECTORY.test(here)) passed = directory.split('/');
    else if (KERNEL_ROOT.test(here)) passed = [''];
  }
  return passed;
}

function normalize(path: string): string {
  return ASCII.test(path) ? path : path.normalize('NFC');
}

/** The area with the longest root around the path; on equal roots a project beats the home directory, and that a temporary one. */
function findZone(real: string, host: HostView): Pick<PathFact, 'zone' | 'relative'> {
  const areas = [
    ...host.projects.map((root) => ({ zone: 'project' as const, root })),
    { zone: 'home' as const, root: host.home },
    ...host.temporary.map((root) => ({ zone: 'temporary' as const, root })),
  ].filter(({ root }) => root !== '/' && isWithin(real, root));
  const first = areas.reduce<(typeof areas)[number] | undefined>(
    (best, area) => (best === undefined || area.root.length > best.root.length ? area : best),
    undefined,
  );
  if (first === undefined) return { zone: 'system' };
  if (first.zone !== 'project') return { zone: first.zone };
  return { zone: 'project', relative: real.slice(first.root.length + 1) };
}
