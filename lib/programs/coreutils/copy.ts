/** Programs that put a file in a second place: cp, mv, ln, install, rename. */

import type { Effect, FileEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { absolutePath, directoryOf, isDirectory, placedIn, readsOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

interface Pair {
  readonly source: Word;
  readonly target: Word;
}

/** Which source ends up where, by the rules that cp, mv, ln and install share. */
function pairsOf(call: Call, parsed: ParsedArgs, single?: (source: Word) => Word): readonly Pair[] {
  const directory = parsed.value('t', 'target-directory');
  const words = parsed.operands;
  const whole = parsed.has('parents');
  const into = (base: Word, source: Word) =>
    whole ? joinWord(base, withoutRoot(source)) : placedIn(base, source);
  if (directory) return words.map((source) => ({ source, target: into(directory, source) }));
  const last = words.at(-1);
  if (last === undefined) return [];
  if (words.length === 1) return single ? [{ source: last, target: single(last) }] : [];
  const sources = words.slice(0, -1);
  const isFolder =
    !parsed.has('T', 'no-target-directory') && (whole || sources.length > 1 || isDirectory(call, last));
  return sources.map((source) => ({ source, target: isFolder ? into(last, source) : last }));
}

function withoutRoot(path: Word): Word {
  return path.text === undefined ? path : { ...path, text: path.text.replace(/^\/+/, '') };
}

/** True when the old file stays or is kept under another name. */
function keepsOld(parsed: ParsedArgs): boolean {
  return parsed.has('b', 'backup') || skipsOld(parsed);
}

/** True when nothing is written where a file is already. The last option counts. */
function skipsOld(parsed: ParsedArgs): boolean {
  const last = parsed.options.findLast(({ name }) =>
    /^(?:[nfiu]|no-clobber|force|interactive|update)$/.test(name),
  );
  return /^(?:n|no-clobber)$/.test(last?.name ?? '') || last?.value?.text?.startsWith('none') === true;
}

const CP =
  'a archive attributes-only backup? b copy-contents d f force i interactive H l link L dereference n no-clobber P no-dereference p preserve? no-preserve= parents R r recursive reflink? remove-destination sparse= strip-trailing-slashes s symbolic-link S= suffix= t= target-directory= T no-target-directory u update? v verbose x one-file-system Z context? help version';

function readCp(call: Call): Outcome {
  const parsed = readOptions(call.args, CP);
  if (asksForHelp(parsed)) return NOTHING;
  const forces = parsed.has('f', 'force');
  const links = parsed.has('l', 'link', 's', 'symbolic-link');
  const deep = parsed.has('r', 'R', 'recursive', 'a', 'archive');
  const clobbers = !keepsOld(parsed);
  return {
    effects: pairsOf(call, parsed).flatMap(({ source, target }): Effect[] => {
      if (links) return [file('link', target, { from: source, clobbers: forces })];
      const path = absolutePath(call, source);
      const isFile = path !== undefined && call.host.pathKind(path) === 'file';
      const more: Partial<FileEffect> = deep && !isFile ? { recursive: true } : {};
      // Copying nothing leaves nothing.
      const empties = source.text === '/dev/null' ? { bytes: 0 } : {};
      if (skipsOld(parsed)) return [...readsOf([source], more), file('create', target, more)];
      return [...readsOf([source], more), ...writesOf(target, { ...more, ...empties, clobbers })];
    }),
  };
}

function readMv(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'backup? b f force i interactive n no-clobber strip-trailing-slashes S= suffix= t= target-directory= T no-target-directory u update? v verbose Z context exchange help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const clobbers = !keepsOld(parsed) && !parsed.has('exchange');
  return {
    effects: pairsOf(call, parsed).map(({ source, target }) =>
      file('move', target, { from: source, clobbers }),
    ),
  };
}

function readLn(call: Call): Outcome {
  if (call.name === 'link') {
    const [from, path] = call.args;
    return from && path ? { effects: [file('link', path, { from })] } : NOTHING;
  }
  const parsed = readOptions(
    call.args,
    'backup? b d F directory f force i interactive L logical n no-dereference P physical r relative s symbolic S= suffix= t= target-directory= T no-target-directory v verbose help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const clobbers = parsed.has('f', 'force') && !parsed.has('b', 'backup');
  // What a symbolic link says counts from the directory the link is in.
  const fromLink = parsed.has('s', 'symbolic') && !parsed.has('r', 'relative');
  return {
    effects: pairsOf(call, parsed, (source) => placedIn(wordAt('.', source), source)).map(
      ({ source, target }) => {
        const base = directoryOf(target);
        const from = fromLink && base.text !== '.' ? joinWord(base, source) : source;
        return file('link', target, { from, ...(clobbers ? { clobbers } : {}) });
      },
    ),
  };
}

function readInstall(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'backup? b c C compare d directory D g= group= m= mode= o= owner= p preserve-timestamps s strip strip-program= S= suffix= t= target-directory= T no-target-directory v verbose preserve-context Z context? help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const mode = parsed.value('m', 'mode')?.text;
  const clobbers = !keepsOld(parsed);
  const chmod = (path: Word) => (mode === undefined ? [] : [file('chmod', path, { mode })]);
  if (parsed.has('d', 'directory'))
    return { effects: parsed.operands.flatMap((path) => [file('create', path), ...chmod(path)]) };
  const strip = parsed.value('strip-program');
  const pairs = pairsOf(call, parsed);
  const runs: Nested[] =
    strip && parsed.has('s', 'strip')
      ? pairs.map(({ target }) => ({ kind: 'argv', via: 'install --strip-program', argv: [strip, target] }))
      : [];
  return {
    effects: pairs.flatMap(({ source, target }) => [
      ...readsOf([source]),
      ...writesOf(target, { clobbers }),
      ...chmod(target),
    ]),
    runs,
  };
}

/** Two programs share the name: one takes a Perl expression, the other two pieces of text. */
function readRename(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'e= E= v verbose n no-act nono f force o no-overwrite i s symlink d filename',
  );
  const [first, second, ...files] = parsed.operands;
  const given = parsed.values('e', 'E');
  const isPerl = given.length > 0 || call.name !== 'rename' || /^(?:s|y|tr)\W|[({$;]/.test(first?.text ?? '');
  const clobbers = !parsed.has('o', 'no-overwrite');
  const moves = (paths: readonly Word[], rename: (path: string) => string | undefined) =>
    parsed.has('n', 'no-act', 'nono')
      ? []
      : paths.map((from) => {
          const name = from.text === undefined || from.glob ? undefined : rename(from.text);
          const to =
            name === undefined
              ? { ...from, text: undefined, pieces: [null], glob: false }
              : wordAt(name, from);
          return file('move', to, { from, clobbers });
        });
  if (!isPerl)
    return {
      effects: moves(files, (path) =>
        first?.text !== undefined && second?.text !== undefined
          ? path.replace(first.text, () => second.text as string)
          : undefined,
      ),
    };
  const code = given.length > 0 ? given : first ? [first] : [];
  return {
    effects: moves(given.length > 0 ? parsed.operands : parsed.operands.slice(1), () => undefined),
    runs: code.map((text) => ({ kind: 'code', via: 'rename', lang: 'perl', code: text })),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['cp', 'gcp'],
    about: 'copies files and trees',
    read: readCp,
    examples: [
      {
        command: 'cp .env.example .env',
        effects: [
          { kind: 'file', op: 'read', path: '.env.example' },
          { kind: 'file', op: 'write', path: '.env', clobbers: true },
        ],
      },
      {
        command: 'cp /dev/null src/index.ts',
        effects: [{ kind: 'file', op: 'write', path: 'src/index.ts', clobbers: true }],
      },
      {
        command: 'cp -r -t out a.txt lib',
        effects: [{ kind: 'file', op: 'write', path: 'out/lib', recursive: true }],
      },
      { command: 'cp --help', effects: [] },
    ],
  }),
  definePage({
    names: ['mv', 'gmv'],
    about: 'moves and renames files',
    read: readMv,
    examples: [
      {
        command: 'mv src/a.ts src/b.ts',
        effects: [{ kind: 'file', op: 'move', path: 'src/b.ts', from: 'src/a.ts' }],
      },
      {
        command: 'mv -t /tmp a b',
        effects: [{ kind: 'file', op: 'move', path: '/tmp/b', from: 'b' }],
      },
      { command: 'mv --version', effects: [] },
    ],
  }),
  definePage({
    names: ['ln', 'link', 'gln'],
    about: 'makes links',
    read: readLn,
    examples: [
      { command: 'ln -s .env x', effects: [{ kind: 'file', op: 'link', path: 'x', from: '.env' }] },
      {
        command: 'ln -sf ../.env sub/x',
        effects: [{ kind: 'file', op: 'link', path: 'sub/x', from: 'sub/../.env', clobbers: true }],
      },
      { command: 'ln --help', effects: [] },
    ],
  }),
  definePage({
    names: ['install', 'ginstall'],
    about: 'copies files and sets their mode',
    read: readInstall,
    examples: [
      {
        command: 'install -m 4755 a.out /usr/local/bin/a',
        effects: [
          { kind: 'file', op: 'write', path: '/usr/local/bin/a' },
          { kind: 'file', op: 'chmod', path: '/usr/local/bin/a', mode: '4755' },
        ],
      },
      { command: 'install -d build/out', effects: [{ kind: 'file', op: 'create', path: 'build/out' }] },
      { command: 'install --version', effects: [] },
    ],
  }),
  definePage({
    names: ['rename', 'prename', 'perl-rename', 'file-rename'],
    about: 'renames many files',
    read: readRename,
    examples: [
      {
        command: 'rename .htm .html index.htm',
        effects: [{ kind: 'file', op: 'move', path: 'index.html', from: 'index.htm' }],
      },
      {
        command: "rename 's/a/b/' a.txt",
        effects: [{ kind: 'file', op: 'move', from: 'a.txt' }],
      },
      { command: "rename -n 's/a/b/' a.txt", effects: [] },
    ],
  }),
];
