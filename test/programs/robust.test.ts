import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pages as archive } from '../../lib/programs/archive.ts';
import { pages as coreutils } from '../../lib/programs/coreutils/index.ts';
import { pages as disk } from '../../lib/programs/disk.ts';
import { pages as network } from '../../lib/programs/network/index.ts';
import type { Call } from '../../lib/programs/page.ts';
import { pages as textFilters } from '../../lib/programs/text-filters.ts';
import type { Word } from '../../lib/types/text.ts';
import { callOf } from './call.ts';

const pages = [...coreutils, ...network, ...archive, ...disk, ...textFilters];
const names = pages.flatMap((page) => page.names.map((name) => [name, page] as const));
const span = { start: 0, end: 1 };

const PARTS = [
  '-',
  '--',
  '-o',
  '-f',
  '-e',
  '-x',
  '-C',
  '--exec',
  '-exec',
  '{}',
  ';',
  '+',
  '(',
  ')',
  '!',
  '@',
  '@a',
];
const TEXTS = [
  '',
  '.',
  '..',
  '/',
  'a',
  'a:b',
  'a=b',
  'u@h:/p',
  'http://[',
  's/a/b/',
  '%zz',
  '[',
  '{a,b}',
  '*',
  '\0',
];
const text = fc.oneof(
  fc.constantFrom(...PARTS, ...TEXTS),
  fc.string({ maxLength: 12 }),
  fc.tuple(fc.constantFrom('-', '--'), fc.string({ maxLength: 8 })).map((pair) => pair.join('')),
);
const anyWord: fc.Arbitrary<Word> = fc.oneof(
  { weight: 4, arbitrary: text.map((value): Word => ({ text: value, glob: false, span })) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.option(text), { minLength: 1, maxLength: 3 })
      .map((pieces): Word => ({ text: undefined, pieces, glob: false, span })),
  },
  { weight: 1, arbitrary: fc.constant<Word>({ text: undefined, glob: false, span }) },
);

function callWith(name: string, args: readonly Word[], stdin?: string): Call {
  const call = callOf(name, stdin === undefined ? {} : { stdin });
  return { ...call, args, invocation: { ...call.invocation, argv: [...call.invocation.argv, ...args] } };
}

/** Processor time in milliseconds, which a busy machine does not change. */
function cpuTimeOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

describe('pages take any words', () => {
  it.each(names)('%s', (name, page) => {
    fc.assert(
      fc.property(
        fc.array(anyWord, { maxLength: 6 }),
        fc.option(fc.string(), { nil: undefined }),
        (args, stdin) => {
          const { effects, runs = [], stdout } = page.read(callWith(name, args, stdin));
          for (const effect of effects) expect(effect.span).toBeDefined();
          for (const run of runs) expect(run.via).not.toBe('');
          if (stdout !== undefined) expect(typeof stdout).toBe('string');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads long arguments in bounded time', () => {
    const stems = [
      'a',
      '/',
      '-',
      '(a',
      '[[:',
      '{a,b}',
      ' =:@',
      's/a/b/;',
      'XXX',
      '%output{',
      '\n \t',
      '!!,',
      'env(',
    ];
    const slow: string[] = [];
    for (const [name, page] of names)
      for (const stem of stems) {
        const value = { text: stem.repeat(Math.ceil(20_000 / stem.length)), glob: false, span };
        const cost = cpuTimeOf(() => void page.read(callWith(name, [value, value], value.text)));
        if (cost > 400) slow.push(`${name} ${stem}`);
      }
    expect(slow).toEqual([]);
  }, 60_000);

  it('reads many arguments in bounded time', () => {
    const args = Array.from(
      { length: 5_000 },
      (_, i): Word => ({ text: i % 3 === 0 ? '-x' : `a${i}`, glob: false, span }),
    );
    const slow = names.filter(([name, page]) => cpuTimeOf(() => void page.read(callWith(name, args))) > 400);
    expect(slow.map(([name]) => name)).toEqual([]);
  }, 60_000);
});
