import bashParser from 'bash-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trace } from './trace.ts';

/**
 * bash-parser is right about this part of POSIX: plain and quoted words, pipelines, lists, groups, subshells, `if`, `while`, redirections.
 * Inside it both parsers must find the same programs with the same words.
 */

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly name?: Node;
  readonly suffix?: readonly Node[];
  readonly [key: string]: unknown;
}

/** Commands of a bash-parser tree, in source order; undefined when it rejects the text. */
function oracle(text: string): string[] | undefined {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value !== null && typeof value === 'object') {
      const node = value as Node;
      if (node.type === 'Command' && node.name?.text !== undefined) {
        found.push(
          [
            node.name.text,
            ...(node.suffix ?? []).filter((part) => part.type === 'Word').map((part) => part.text ?? ''),
          ].join(' '),
        );
      }
      // The order in which the parts of a tree run.
      for (const key of ['commands', 'left', 'right', 'list', 'clause', 'then', 'do', 'else'])
        visit(node[key]);
    }
  };
  try {
    visit(bashParser(text));
  } catch {
    // It rejects some valid texts, such as `{ if a; then b; fi; }`.
    return undefined;
  }
  return found;
}

const plain = fc
  .stringMatching(/^[a-z][a-z0-9._/-]{0,6}$/)
  .filter(
    (word) =>
      !/^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|time|select|function|coproc)$/.test(
        word,
      ),
  );
/** Names that no builtin, wrapper or shell has, so that nothing more is started. */
const program = fc.stringMatching(/^[a-z]{2,5}$/).map((word) => `p-${word}`);
const word = fc.oneof(
  { weight: 3, arbitrary: plain },
  plain.map((text) => `'${text} ${text}'`),
  plain.map((text) => `"${text} & ${text}"`),
  fc.tuple(plain, plain).map(([a, b]) => `${a}\\ ${b}`),
  fc.tuple(plain, plain).map(([a, b]) => `'${a}'"${b}"`),
);
const redirect = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  plain.map((file) => ` > ${file}`),
  plain.map((file) => ` 2>> ${file}`),
  plain.map((file) => ` < ${file}`),
);
const simple = fc
  .tuple(program, fc.array(word, { maxLength: 3 }), redirect)
  .map(([name, words, to]) => [name, ...words].join(' ') + to);
const { script } = fc.letrec<{ script: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: simple },
    fc.tuple(simple, simple).map(([a, b]) => `${a} | ${b}`),
    fc.tuple(simple, tie('part')).map(([a, b]) => `${a} && ${b}`),
    fc.tuple(simple, tie('part')).map(([a, b]) => `${a} || ${b}`),
    tie('part').map((inner) => `( ${inner} )`),
    tie('part').map((inner) => `{ ${inner}; }`),
    fc.tuple(simple, tie('part')).map(([test, body]) => `if ${test}; then ${body}; fi`),
    fc.tuple(simple, tie('part')).map(([test, body]) => `while ${test}; do ${body}; done`),
  ),
  script: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\n')),
}));

describe('against bash-parser', () => {
  it('finds the same programs with the same words', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    console.log(`differential test: SEED=${seed}`);
    let compared = 0;
    fc.assert(
      fc.property(script, (text) => {
        const { started, parse } = trace(text);
        expect(parse).toBe('whole');
        const expected = oracle(text);
        if (expected === undefined) return;
        compared++;
        expect(started.filter((line) => line !== '')).toEqual(expected);
      }),
      { seed, numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(150);
  });
});
