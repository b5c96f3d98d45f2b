import { describe, expect, it } from 'vitest';
import { allPages } from '../../lib/programs/index.ts';
import type { PageExample } from '../../lib/programs/page.ts';
import type { Effect } from '../../lib/types/effect.ts';
import { judgeCommand } from '../pipeline.ts';

/** True when a real value has everything of a partial one; words count by their text. */
function covers(real: unknown, partial: unknown): boolean {
  if (typeof partial === 'string' && real !== null && typeof real === 'object' && 'text' in real)
    return real.text === partial;
  if (Array.isArray(partial))
    return (
      Array.isArray(real) &&
      partial.length <= real.length &&
      partial.every((item, i) => covers(real[i], item))
    );
  if (partial !== null && typeof partial === 'object') {
    return (
      real !== null &&
      typeof real === 'object' &&
      Object.entries(partial).every(([key, value]) => covers((real as Record<string, unknown>)[key], value))
    );
  }
  return Object.is(real, partial);
}

/** Effects that an example without listed effects may still have. */
function isHarmless(effect: Effect): boolean {
  return effect.kind === 'run'
    ? effect.privilege === undefined
    : (effect.kind === 'file' && (effect.op === 'read' || effect.op === 'list')) ||
        (effect.kind === 'env' && effect.op === 'read');
}

const pages = allPages().map((page) => [page.names[0] as string, page] as const);

it('pages have names of their own', () => {
  const names = allPages().flatMap((page) => page.names);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe.each(pages)('%s', (_, page) => {
  it('has examples', () => {
    expect(page.examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(page.examples.map((example): [string, PageExample] => [example.command.slice(0, 120), example]))(
    '%s',
    (_title, example) => {
      const { effects } = judgeCommand(example.command).facts;
      if (example.effects.length === 0) expect(effects.filter((effect) => !isHarmless(effect))).toEqual([]);
      for (const partial of example.effects)
        expect(
          effects.some((effect) => covers(effect, partial)),
          `${JSON.stringify(partial)}\nin\n${JSON.stringify(effects, null, 1)}`,
        ).toBe(true);
    },
  );
});
