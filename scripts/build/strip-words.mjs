/** Takes out of guards and program pages what is there for people: tests and documentation read it, a hook only pays for it. */
import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import { transform } from 'esbuild';

/** Properties of a declaration that no hook reads. */
const WORDS = ['examples', 'about', 'title'];
const DECLARATION = /\bdefine(?:Guard|Page)\(/;

export const stripWords = {
  name: 'strip-words',
  setup(bundler) {
    bundler.onLoad({ filter: /\/lib\/(?:guards|programs)\/.*\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!DECLARATION.test(source)) return undefined;
      const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'esnext' });
      return { contents: withoutWords(code), loader: 'js' };
    });
  },
};

/** The same module without those properties of what it declares. */
export function withoutWords(code) {
  const cuts = [];
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type !== 'CallExpression' || !/^define(?:Guard|Page)$/.test(node.callee.name ?? '')) return;
    const [declaration] = node.arguments;
    const list = declaration?.type === 'ObjectExpression' ? declaration.properties : [];
    for (const [at, property] of list.entries()) {
      if (!WORDS.includes(property.key?.name)) continue;
      // Up to the next property; behind the last one esbuild wrote no comma, and the one before it may stay.
      cuts.push([property.start, list[at + 1]?.start ?? property.end]);
    }
  });
  let kept = '';
  let from = 0;
  for (const [start, end] of cuts.sort(([a], [b]) => a - b)) {
    kept += code.slice(from, start);
    from = end;
  }
  return kept + code.slice(from);
}

function visit(node, look) {
  look(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') visit(child, look);
    }
  }
}
