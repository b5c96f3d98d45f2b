/** just: the recipes of a justfile. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';

const OPTIONS =
  'f= justfile= d= working-directory= set= shell= shell-arg= dotenv-filename= dotenv-path= E= chooser= color= list-heading= list-prefix= l list summary n dry-run show= s= evaluate dump c command e edit init fmt variables h help V version';
const MAX_BYTES = 1 << 20;
const MAX_DEPTH = 16;

interface Recipe {
  readonly parameters: readonly string[];
  readonly needs: readonly string[];
  readonly lines: string[];
}

interface Justfile {
  readonly variables: ReadonlyMap<string, string>;
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly first: string | undefined;
}

function parseJustfile(text: string): Justfile {
  const variables = new Map<string, string>();
  const recipes = new Map<string, Recipe>();
  let first: string | undefined;
  let recipe: Recipe | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (line.trim() !== '') recipe?.lines.push(line.trim());
      continue;
    }
    const variable = /^(?:export\s+)?([\w-]+)\s*:=\s*(?:"([^"]*)"|'([^']*)')\s*$/.exec(line);
    const head = /^@?([\w-]+)((?:\s+[^:]*)?):(?!=)\s*([^#]*)/.exec(line);
    if (variable) variables.set(variable[1] as string, variable[2] ?? variable[3] ?? '');
    else if (head && head[1] !== 'set' && head[1] !== 'alias') {
      const name = head[1] as string;
      first ??= name;
      recipe = {
        parameters: (head[2] ?? '').split(/\s+/).filter(Boolean),
        needs: (head[3] ?? '')
          .replace(/[()]/g, ' ')
          .split(/\s+/)
          .filter((need) => need && need !== '&&'),
        lines: [],
      };
      recipes.set(name, recipe);
    }
  }
  return { variables, recipes, first };
}

/** Text with `{{name}}` replaced; what is no plain name is unknown. */
function fill(text: string, values: ReadonlyMap<string, string | undefined>, near: Word): Word {
  const pieces = text
    .split(/(\{\{[^}]*\}\})/)
    .map((part) => (part.startsWith('{{') ? (values.get(part.slice(2, -2).trim()) ?? null) : part))
    .filter((part) => part !== '');
  if (!pieces.includes(null)) return wordAt(pieces.join(''), near);
  return { text: undefined, pieces, glob: false, span: near.span };
}

function runRecipe(
  justfile: Justfile,
  name: string,
  args: readonly Word[],
  near: Word,
  cwd: Word,
  depth: number,
): readonly Nested[] {
  const recipe = justfile.recipes.get(name);
  if (!recipe || depth > MAX_DEPTH) return [];
  const values = new Map<string, string | undefined>(justfile.variables);
  recipe.parameters.forEach((parameter, i) => {
    const [plain = '', standard] = parameter.replace(/^[+*$]+/, '').split('=');
    const rest = /^[+*]/.test(parameter) ? args.slice(i) : args.slice(i, i + 1);
    const known = rest.every((word) => word.text !== undefined);
    const given =
      rest.length > 0
        ? known
          ? rest.map((word) => word.text).join(' ')
          : undefined
        : standard?.replace(/^['"]|['"]$/g, '');
    values.set(plain, given ?? (rest.length > 0 ? undefined : /^\*/.test(parameter) ? '' : undefined));
  });
  const before = recipe.needs.flatMap((need) => runRecipe(justfile, need, [], near, cwd, depth + 1));
  const via = `just ${name}`;
  const [start = ''] = recipe.lines;
  if (start.startsWith('#!')) {
    const lang = /python/.test(start)
      ? 'python'
      : /node|bun|deno/.test(start)
        ? 'javascript'
        : /sh\b/.test(start)
          ? 'sh'
          : 'unknown';
    return [
      ...before,
      { kind: 'code', lang, code: fill(recipe.lines.slice(1).join('\n'), values, near), cwd, via },
    ];
  }
  const lines = recipe.lines
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  return [
    ...before,
    ...lines.map(
      (line): Nested => ({
        kind: 'code',
        lang: 'sh',
        code: fill(line.replace(/^[@-]+/, ''), values, near),
        cwd,
        via,
      }),
    ),
  ];
}

function readJust(call: Call): Outcome {
  const parsed = readOptions(call.args, OPTIONS, { stopAtOperand: true });
  if (parsed.has('h', 'help', 'V', 'version', 'l', 'list', 'summary', 'n', 'dry-run', 'show', 'dump', 'fmt'))
    return NOTHING;
  const near = programWord(call);
  if (parsed.has('c', 'command'))
    return { effects: [], runs: [{ kind: 'argv', argv: parsed.operands, via: 'just --command' }] };
  const folder = parsed.value('d', 'working-directory') ?? call.invocation.cwd;
  const chosen = parsed.value('f', 'justfile');
  const paths = chosen
    ? [chosen]
    : ['justfile', 'Justfile', '.justfile'].map((name) => wordAt(`${folder.text ?? '.'}/${name}`, near));
  for (const path of paths) {
    const absolute = absolutePath(call, path);
    const text = absolute === undefined ? undefined : call.host.readFile(absolute, MAX_BYTES);
    if (text === undefined) continue;
    const justfile = parseJustfile(text);
    const operands = parsed.operands.filter((word) => !/^[\w-]+=/.test(word.text ?? ''));
    const runs: Nested[] = [];
    for (let i = 0; i < Math.max(operands.length, 1) && i < 32; ) {
      const name = operands[i]?.text ?? justfile.first ?? '';
      const count = justfile.recipes.get(name)?.parameters.length ?? 0;
      const takes = justfile.recipes.get(name)?.parameters.some((one) => /^[+*]/.test(one))
        ? operands.length
        : count;
      runs.push(...runRecipe(justfile, name, operands.slice(i + 1, i + 1 + takes), near, folder, 0));
      i += 1 + takes;
    }
    return { effects: [], runs };
  }
  return NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['just'],
    about: 'just: runs the recipes of a justfile',
    read: readJust,
    examples: [
      { command: 'just -c rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'just --list', effects: [] },
      { command: 'just test', effects: [] },
    ],
  }),
];
