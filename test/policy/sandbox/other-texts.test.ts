import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileGlobs } from '../../../lib/kit/globs.ts';
import { spellOutOthers } from '../../../lib/policy/sandbox/other-texts.ts';

it('spells out two names', () => {
  expect(spellOutOthers(['ci', 'ts'])).toEqual(['[!ct]*', 'c[!i]*', 'c', 'ci?*', 't[!s]*', 't', 'ts?*']);
});

it('matches every text but those given, and none of them', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abc-_'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 5 }), text, (open, other) => {
      const others = compileGlobs(spellOutOthers(open));
      return (others.match(other) === undefined) === open.includes(other);
    }),
  );
});
