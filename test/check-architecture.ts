/** The rules of who may import whom, over texts by path: what architecture.test.ts runs on the repository and on seeded faults. */

import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** Files by path from the root: `lib/…`, `hooks/…`, `bin/…`. */
export type Sources = ReadonlyMap<string, string>;

/** Longest file that is still read in one go; generated ones are not read. */
const MAX_LINES = 330;

/** Rooms, or single files, that a room may import beside itself and `types`. `api` is lib/api.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  types: [],
  kit: [],
  shell: [],
  patch: [],
  secrets: [],
  audit: [],
  notify: [],
  report: [],
  programs: ['patch', 'lib/shell/arguments.ts', 'lib/shell/names.ts'],
  codex: ['patch'],
  facts: ['shell', 'programs', 'patch'],
  guards: ['kit'],
  policy: ['kit', 'lib/guards/index.ts'],
  engine: ['shell', 'programs', 'facts', 'patch', 'kit', 'guards', 'policy', 'secrets', 'audit', 'codex'],
  doctor: ['codex', 'kit', 'facts', 'guards', 'policy', 'engine', 'audit', 'secrets', 'report'],
  api: [
    'shell',
    'programs',
    'facts',
    'patch',
    'kit',
    'guards',
    'policy',
    'secrets',
    'audit',
    'codex',
    'engine',
    'notify',
    'report',
    'doctor',
  ],
  hooks: ['engine', 'codex'],
  bin: ['lib/api.ts'],
};

/** Pure rooms: nothing of Node, nothing from npm. */
const PURE = ['types', 'kit', 'guards'];

/** Rooms that are loaded on every tool call, and packages too slow for that. */
const HOT = ['hooks', 'engine', 'facts', 'shell', 'programs', 'patch', 'policy', 'secrets', 'audit'];
const SLOW = ['execa', 'pino', 'smol-toml', 'yaml', 'micromatch', 'bash-parser', 'ajv'];
/** Files that the build makes parts of their own of, loaded where there is something to parse. */
const PARTS = ['lib/programs/tasks/toml.ts', 'lib/programs/tasks/yaml.ts'];

/** Everything in the sources that breaks a rule, as `path: what`. */
export function findViolations(sources: Sources): readonly string[] {
  const edges = new Map<string, Set<string>>();
  const violations: string[] = [];
  for (const [path, text] of sources) {
    const room = roomOf(path);
    if (room === undefined || !Object.hasOwn(MAY_IMPORT, room))
      violations.push(`${path}: lies in no known room`);
    else {
      const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
      for (const target of imports) {
        const wrong = target.startsWith('.')
          ? judgeFile(path, room, posix.join(posix.dirname(path), target), sources, edges)
          : judgePackage(path, room, target);
        if (wrong !== undefined) violations.push(`${path}: imports ${target}: ${wrong}`);
      }
    }
    const lines = text.split('\n').length - 1;
    if (lines > MAX_LINES && !path.endsWith('.gen.ts'))
      violations.push(`${path}: has ${lines} lines, more than ${MAX_LINES}`);
  }
  return [...violations, ...findCycles(edges)].sort();
}

/** `lib/<room>/…`, `hooks`, `bin`, or `api` for lib/api.ts. */
function roomOf(path: string): string | undefined {
  const [top, second] = path.split('/');
  if (top !== 'lib') return top;
  return second?.replace(/\.ts$/, '');
}

function judgeFile(
  from: string,
  room: string,
  target: string,
  sources: Sources,
  edges: Map<string, Set<string>>,
): string | undefined {
  if (!target.endsWith('.ts')) return 'imports carry the ending .ts';
  if (!sources.has(target)) return 'there is no such file';
  const other = roomOf(target);
  if (other === undefined) return 'lies in no known room';
  if (other === room) return room === 'guards' ? judgeGuard(from, target) : undefined;
  edges.set(room, (edges.get(room) ?? new Set()).add(other));
  if (other === 'hooks' || other === 'bin') return `nobody imports ${other}`;
  const allowed = MAY_IMPORT[room] ?? [];
  // The CLI knows one door only, not even the types behind it.
  if (other === 'types' && room !== 'bin') return undefined;
  return allowed.includes(other) || allowed.includes(target) ? undefined : `${room} may not import ${other}`;
}

/** A guard keeps to its own folder; only the index knows all of them. */
function judgeGuard(from: string, target: string): string | undefined {
  if (from === 'lib/guards/index.ts') return undefined;
  return target.split('/')[2] === from.split('/')[2] ? undefined : 'guards do not know each other';
}

function judgePackage(from: string, room: string, target: string): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
  const isNode = target.startsWith('node:');
  if (!isNode && builtinModules.includes(name)) return `write node:${target}`;
  if (PURE.includes(room)) return `${room} is pure`;
  if (HOT.includes(room) && SLOW.includes(name) && !PARTS.includes(from)) return 'too slow for a hook';
  return undefined;
}

/** Rooms that import each other, directly or in a ring. */
function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...edges.keys()].flatMap((room) => {
    const seen = new Set<string>();
    const waiting = [...(edges.get(room) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next === room) return [`${room}: is in a ring of rooms`];
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(edges.get(next) ?? []));
    }
    return [];
  });
}
