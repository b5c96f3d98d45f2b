/** Tasks that are functions or blocks of a program: which parts of the file belong to the asked ones. Runs nothing and knows no command line. */

/** One piece of a file: a task, a function that tasks may call, or what always runs. */
export interface Piece {
  readonly kind: 'task' | 'helper' | 'always';
  /** Names that it is asked or called by. */
  readonly names: readonly string[];
  /** Tasks that run before it. */
  readonly needs: readonly string[];
  readonly text: string;
}

/**
 * The pieces that run when these tasks are asked for, in the order of the file.
 *
 * @param chosen whether a task is asked for
 */
export function piecesFor(pieces: readonly Piece[], chosen: (piece: Piece) => boolean): readonly Piece[] {
  const taken = new Set(
    pieces.filter((piece) => piece.kind === 'always' || (piece.kind === 'task' && chosen(piece))),
  );
  // What a taken piece names runs too; every round takes at least one more.
  for (let grew = true; grew; ) {
    grew = false;
    const words = new Set([...taken].flatMap(({ text }) => text.match(/\w+/g) ?? []));
    const needs = new Set([...taken].flatMap((piece) => piece.needs));
    for (const piece of pieces) {
      if (taken.has(piece)) continue;
      const isNamed =
        piece.names.some((name) => needs.has(name)) ||
        (piece.kind === 'helper' && piece.names.some((name) => words.has(name)));
      if (isNamed) taken.add(piece);
      grew ||= isNamed;
    }
  }
  return pieces.filter((piece) => taken.has(piece));
}

const MOST_LINES = 10_000;

/**
 * The pieces of a Python file: its functions, and everything else as what always runs.
 *
 * @param isTask whether decorators make a task of a function
 */
export function pythonPieces(source: string, isTask: RegExp): readonly Piece[] {
  const chunks: string[][] = [[]];
  let wasDecorator = false;
  for (const line of source.split(/\r?\n/).slice(0, MOST_LINES)) {
    const starts = /^[^\s#)\]}'"]/.test(line);
    if (starts && !wasDecorator) chunks.push([]);
    if (starts) wasDecorator = line.startsWith('@');
    (chunks.at(-1) as string[]).push(line);
  }
  return chunks.map((lines): Piece => {
    const text = lines.join('\n');
    const name = /^(?:async\s+)?def\s+(\w+)/m.exec(text)?.[1];
    if (name === undefined || /^(?:if|for|while|try|with|class)\b/.test(text))
      return { kind: 'always', names: [], needs: [], text };
    const head = text.slice(0, text.search(/^(?:async\s+)?def\s/m));
    if (!isTask.test(head)) return { kind: 'helper', names: [name], needs: [], text };
    const other = /\bname\s*=\s*["']([^"']+)["']/.exec(head)?.[1];
    const aliases = /\baliases\s*=\s*[[(]([^\])]*)/.exec(head)?.[1]?.match(/[\w-]+/g) ?? [];
    const before = /\b(?:pre|post)\s*=\s*\[([^\]]*)\]/g;
    const called = /^@\w+(?:\.\w+)*\(\s*([a-z_]\w*(?:\s*,\s*[a-z_]\w*)*)\s*[,)]/m.exec(head)?.[1] ?? '';
    const needs = [...head.matchAll(before)].flatMap((match) => (match[1] as string).match(/\w+/g) ?? []);
    return {
      kind: 'task',
      names: [name, name.replaceAll('_', '-'), ...(other === undefined ? [] : [other]), ...aliases],
      needs: [...needs, ...(called.match(/\w+/g) ?? [])],
      text,
    };
  });
}

const RUBY_TASK =
  /^(\s*)(?:multitask|task|file)[\s(]+(?::(\w+)|["']([^"']+)["']|(\w+):)(?:[^=\n]*?=>\s*|\s*(?=[["':]))?([^\n]*)$/;

/** The pieces of a Rakefile: tasks by their whole names, methods, and what always runs. */
export function rubyPieces(source: string): readonly Piece[] {
  const lines = source.split(/\r?\n/).slice(0, MOST_LINES);
  const pieces: Piece[] = [];
  const spaces: { readonly name: string; readonly indent: number }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const indent = line.length - line.trimStart().length;
    const space = /^\s*namespace[\s(]+(?::(\w+)|["']([^"']+)["'])/.exec(line);
    if (space) {
      spaces.push({ name: space[1] ?? space[2] ?? '', indent });
      continue;
    }
    if (/^\s*end\b/.test(line) && spaces.at(-1)?.indent === indent) {
      spaces.pop();
      continue;
    }
    const prefix = spaces.map(({ name }) => `${name}:`).join('');
    const task = RUBY_TASK.exec(line);
    const method = /^\s*def\s+(?:self\.)?(\w+)/.exec(line);
    if (task === null && method === null) {
      pieces.push({ kind: 'always', names: [], needs: [], text: line });
      continue;
    }
    const end = blockEnd(lines, at, indent);
    const text = lines.slice(at, end + 1).join('\n');
    at = end;
    if (method) {
      pieces.push({ kind: 'helper', names: [method[1] as string], needs: [], text });
      continue;
    }
    const name = task?.[2] ?? task?.[3] ?? task?.[4] ?? '';
    const needs = ((task?.[5] ?? '').replace(/\s(?:do|\{)(?:\s.*)?$/, '').match(/[\w:]+/g) ?? []).map(
      (need) => need.replace(/^:+/, ''),
    );
    pieces.push({
      kind: 'task',
      names: [prefix + name],
      needs: needs.flatMap((need) => [need, prefix + need]),
      text: text.slice(line.length),
    });
    // A block on the line of its head.
    const inline = /(?:\{|\bdo\b)\s*(?:\|[^|]*\|)?(.*?)(?:\}|\bend\b)?\s*$/.exec(line)?.[1];
    if (inline) pieces.push({ kind: 'task', names: [prefix + name], needs: [], text: inline });
  }
  return pieces;
}

/** The last line of a block that opens on this one; the line itself when none does. */
function blockEnd(lines: readonly string[], from: number, indent: number): number {
  const line = lines[from] as string;
  if (
    !/(?:\bdo\b\s*(?:\|[^|]*\|)?|\{\s*(?:\|[^|]*\|)?)\s*(?:#.*)?$/.test(line) &&
    !/^\s*def\b(?!.*;\s*end)/.test(line)
  )
    return from;
  for (let at = from + 1; at < lines.length; at++) {
    const next = lines[at] as string;
    if (/^\s*(?:end\b|\})/.test(next) && next.length - next.trimStart().length <= indent) return at;
  }
  return lines.length - 1;
}
