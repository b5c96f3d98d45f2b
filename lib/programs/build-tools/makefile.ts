/** Reads makefiles: variables, rules, recipes, as far as they are plain. What make's functions would give stays unknown. */

import type { Word } from '../../types/text.ts';

const MAX_LINES = 20_000;
const MAX_EXPANSION = 16;
const MAX_RECIPE_LINES = 300;
const MAX_TEXT = 64 * 1024;

/** Stands for what only make would know. */
const HOLE = '\u0000';

interface Rule {
  readonly targets: readonly string[];
  readonly needs: readonly string[];
  readonly recipe: string[];
}

export interface Makefile {
  readonly variables: Map<string, string>;
  readonly rules: Rule[];
  /** Texts of `$(shell …)` that run while the file is read. */
  readonly shells: string[];
  /** Files that it includes. */
  readonly includes: string[];
}

const BUILT_IN: readonly (readonly [string, string])[] = [
  ['MAKE', 'make'],
  ['RM', 'rm -f'],
  ['CC', 'cc'],
  ['CXX', 'c++'],
  ['AR', 'ar'],
];

export function emptyMakefile(): Makefile {
  return { variables: new Map(BUILT_IN), rules: [], shells: [], includes: [] };
}

const ASSIGNMENT = /^(?:(?:export|override|private|unexport)\s+)*([\w.-]+)\s*(:{0,3}=|\?=|\+=|!=)\s*(.*)$/;
const DIRECTIVE = /^(?:ifdef|ifndef|ifeq|ifneq|else|endif|endef|vpath|unexport|export\s*$)\b/;

/** Adds the text of a makefile; both branches of its conditions count. Variables given on the command line stay. */
export function addMakefile(into: Makefile, text: string, fixed: ReadonlySet<string>): void {
  const lines = text
    .replace(/\\\r?\n[ \t]*/g, ' ')
    .split(/\r?\n/)
    .slice(0, MAX_LINES);
  let rule: Rule | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line.startsWith('\t')) {
      if (line.trim() !== '') rule?.recipe.push(line.trim());
      continue;
    }
    const plain = line.replace(/(?<!\\)#.*$/, '').trim();
    if (plain === '' || DIRECTIVE.test(plain)) continue;
    const include = /^[-s]?include\s+(.+)$/.exec(plain);
    const assignment = ASSIGNMENT.exec(plain);
    if (include) into.includes.push(...expand(into, include[1] as string).split(/\s+/));
    else if (/^define\s/.test(plain)) i = skipDefine(into, lines, i);
    else if (assignment && !fixed.has(assignment[1] as string)) assign(into, assignment);
    else if (!assignment) rule = addRule(into, line) ?? rule;
  }
}

/** `define NAME … endef`; returns the index of its last line. */
function skipDefine(into: Makefile, lines: readonly string[], from: number): number {
  const name = (lines[from] as string).trim().split(/\s+/)[1] ?? '';
  let end = from + 1;
  while (end < lines.length && (lines[end] as string).trim() !== 'endef') end++;
  into.variables.set(name, lines.slice(from + 1, end).join('\n'));
  return end;
}

function assign(into: Makefile, [, name = '', sign = '=', value = '']: readonly string[]): void {
  if (sign === '!=') into.shells.push(value);
  for (const shell of shellCalls(value)) into.shells.push(expand(into, shell));
  if (sign === '?=' && into.variables.has(name)) return;
  const before = sign === '+=' ? `${into.variables.get(name) ?? ''} ` : '';
  into.variables.set(
    name,
    sign === '!=' ? HOLE : before + (sign.startsWith(':') ? expand(into, value) : value),
  );
}

/** Texts of `$(shell …)` in a value, brackets matched. */
function shellCalls(value: string): readonly string[] {
  const found: string[] = [];
  for (let at = value.search(/\$[({]shell\s/); at >= 0 && found.length < 50; ) {
    const end = closing(value, at + 1);
    found.push(value.slice(at + 8, end).trim());
    const next = value.slice(end).search(/\$[({]shell\s/);
    at = next < 0 ? -1 : end + next;
  }
  return found;
}

/** Index of the bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '{') depth++;
    else if ((c === ')' || c === '}') && --depth === 0) return i;
  }
  return text.length;
}

function addRule(into: Makefile, line: string): Rule | undefined {
  const match = /^([^:=#]+):{1,2}(?!=)([^;]*)(?:;(.*))?$/.exec(line);
  if (!match) return undefined;
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '' && word !== '|');
  const rule: Rule = {
    targets: words(expand(into, match[1] as string)),
    needs: words(expand(into, (match[2] as string).replace(/#.*$/, '').replace(/^[^:]*%[^:]*:/, ''))),
    recipe: match[3]?.trim() ? [match[3].trim()] : [],
  };
  into.rules.push(rule);
  return rule;
}

/** Replaces variables; one that the file does not set is left to the shell, which knows the environment. */
function expand(
  file: Makefile,
  text: string,
  own: ReadonlyMap<string, string> = new Map(),
  depth = 0,
): string {
  if (!text.includes('$')) return text;
  let out = '';
  for (let i = 0; i < text.length && out.length < MAX_TEXT; i++) {
    const c = text[i] as string;
    if (c !== '$') {
      out += c;
      continue;
    }
    const next = text[++i] ?? '';
    if (next === '$') out += '$';
    else if (next === '(' || next === '{') {
      const end = closing(text, i);
      out += variableText(file, text.slice(i + 1, end), own, depth);
      i = end;
    } else out += own.get(next) ?? variableText(file, next, own, depth);
  }
  return out;
}

function variableText(file: Makefile, name: string, own: ReadonlyMap<string, string>, depth: number): string {
  if (own.has(name)) return own.get(name) as string;
  // What the shell or its patterns give is left to the shell.
  const call = /^(wildcard|shell)\s+([\s\S]*)$/.exec(name);
  if (call && depth <= MAX_EXPANSION) {
    const given = expand(file, call[2] as string, own, depth + 1);
    return call[1] === 'shell' ? `$(${given})` : given;
  }
  if (!/^[\w.-]+$/.test(name)) return HOLE;
  const value = file.variables.get(name);
  if (value === undefined) return /^\w+$/.test(name) && !/^\d/.test(name) ? `\${${name}}` : '';
  return depth > MAX_EXPANSION ? HOLE : expand(file, value, own, depth + 1);
}

/** A line of a recipe, ready for a shell. */
export interface RecipeLine {
  readonly word: Word;
  readonly target: string;
}

/** Lines that making the goals would run, prerequisites first; every one as if nothing were up to date. */
export function recipesOf(file: Makefile, goals: readonly string[], near: Word): readonly RecipeLine[] {
  const lines: RecipeLine[] = [];
  const seen = new Set<string>();
  const first = file.rules.find(({ targets: [target] }) => target && !/^\.|%/.test(target))?.targets[0];
  const wanted = goals.length > 0 ? goals : [file.variables.get('.DEFAULT_GOAL') ?? first ?? ''];
  // A goal waits for its prerequisites: the second visit writes its own lines.
  const pending = wanted.map((goal) => ({ goal, ready: false })).reverse();
  while (pending.length > 0 && lines.length < MAX_RECIPE_LINES) {
    const { goal, ready } = pending.pop() as { goal: string; ready: boolean };
    const rules = rulesFor(file, goal);
    if (ready) {
      for (const { rule, stem } of rules) lines.push(...linesOf(file, rule, goal, stem, near));
      continue;
    }
    if (seen.has(goal)) continue;
    seen.add(goal);
    pending.push({ goal, ready: true });
    const needs = rules.flatMap(({ rule, stem }) => rule.needs.map((need) => need.replace('%', stem)));
    pending.push(...needs.reverse().map((need) => ({ goal: need, ready: false })));
  }
  return lines;
}

function rulesFor(file: Makefile, goal: string): readonly { readonly rule: Rule; readonly stem: string }[] {
  const exact = file.rules
    .filter(({ targets }) => targets.includes(goal))
    .map((rule) => ({ rule, stem: '' }));
  if (exact.some(({ rule }) => rule.recipe.length > 0)) return exact;
  for (const rule of file.rules) {
    for (const target of rule.targets) {
      const at = target.indexOf('%');
      if (at < 0) continue;
      const [head, tail] = [target.slice(0, at), target.slice(at + 1)];
      if (goal.length > head.length + tail.length && goal.startsWith(head) && goal.endsWith(tail))
        return [...exact, { rule, stem: goal.slice(head.length, goal.length - tail.length) }];
    }
  }
  return exact;
}

function linesOf(file: Makefile, rule: Rule, goal: string, stem: string, near: Word): readonly RecipeLine[] {
  const needs = rule.needs.map((need) => need.replace('%', stem));
  const own = new Map([
    ['@', goal],
    ['@D', goal.includes('/') ? goal.slice(0, goal.lastIndexOf('/')) : '.'],
    ['@F', goal.slice(goal.lastIndexOf('/') + 1)],
    ['<', needs[0] ?? ''],
    ['^', needs.join(' ')],
    ['+', needs.join(' ')],
    ['?', needs.join(' ')],
    ['*', stem],
  ]);
  return rule.recipe
    .flatMap((line) => expand(file, line, own).split('\n'))
    .map((text) => ({ word: wordOf(text.trim().replace(/^[@+-]+\s*/, ''), near), target: goal }));
}

/** Texts of `$(shell …)` of the whole file. */
export function shellsOf(file: Makefile, near: Word): readonly Word[] {
  return file.shells.slice(0, 50).map((text) => wordOf(text, near));
}

function wordOf(text: string, near: Word): Word {
  if (!text.includes(HOLE)) return { text, glob: false, span: near.span };
  const pieces = text.split(/(\0)/).filter((part) => part !== '');
  return {
    text: undefined,
    pieces: pieces.map((part) => (part === HOLE ? null : part)),
    glob: false,
    span: near.span,
  };
}
