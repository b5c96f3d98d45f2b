/** Every guard is whole, and what is generated is up to date; and a proof that gaps are noticed. */

import { describe, expect, it } from 'vitest';
import type { AnyGuard } from '../lib/kit/define-guard.ts';
import { findGuardIds, loadGuards } from '../scripts/gen/load-guards.ts';
import { findStale, planFiles } from '../scripts/gen/plan.ts';
import { readTree } from '../scripts/gen/read-tree.ts';
import { findGaps } from './check-complete.ts';

const tree = readTree('.', ['lib/guards', 'lib/policy', 'policies', 'README.md']);
const guards = await loadGuards('.', findGuardIds('.'));

describe('the guards of this repository', () => {
  it('are whole', () => {
    expect(guards.length).toBeGreaterThanOrEqual(7);
    expect(findGaps(tree, guards)).toEqual([]);
  });

  it('have everything generated that follows from them: npm run gen', () => {
    const plan = planFiles(tree, guards);
    expect(plan.problems).toEqual([]);
    expect(findStale(plan, tree)).toEqual([]);
  });
});

describe('a gap is noticed', () => {
  const examples = ['a', 'b', 'c', 'd', 'e'];
  const whole: AnyGuard = {
    id: 'sample',
    title: 'Samples stay samples',
    events: ['PreToolUse'],
    level: 'deny',
    risk: 1,
    needs: [],
    options: {
      lines: { type: 'number', default: 1, minimum: 0, tighter: 'lower', about: 'Most lines.' },
      strict: { type: 'boolean', default: true, tighter: true, about: 'Count everything.' },
    },
    examples: { deny: examples, pass: examples },
    check: () => [],
  };
  const prose = 'What it is for, and what it does not see. '.repeat(5);
  const files = {
    'lib/guards/sample/guard.ts': '',
    'lib/guards/sample/README.md': `# sample\n\n<!-- gen:start -->\n## Examples\n<!-- gen:end -->\n\n${prose}\n\n## Limits\n\n${prose}\n`,
    'lib/guards/index.ts': "import sample from './sample/guard.ts';\n",
    'policies/level-2.jsonc': '{"guards": {"sample": "deny"}}',
    'policies/overlay.jsonc': '{}',
    'policies/policy.schema.json': JSON.stringify({
      definitions: { sample: { anyOf: [{ enum: [] }, { properties: { lines: {}, strict: {} } }] } },
    }),
  };
  const gapsOf = (changed: Readonly<Record<string, string | undefined>>, guard = whole) =>
    findGaps(
      new Map(
        Object.entries({ ...files, ...changed }).flatMap(([path, text]) =>
          text === undefined ? [] : [[path, text] as const],
        ),
      ),
      [guard],
    );

  it('but not where there is none', () => {
    expect(gapsOf({})).toEqual([]);
  });

  const readme = files['lib/guards/sample/README.md'];
  it.each([
    ['a README', { 'lib/guards/sample/README.md': undefined }, 'sample: has no README.md'],
    [
      'its markers',
      { 'lib/guards/sample/README.md': readme.replace('gen:start', 'start') },
      'sample: README.md has no <!-- gen:start --> and <!-- gen:end -->',
    ],
    [
      'its head',
      { 'lib/guards/sample/README.md': readme.replace('## Examples', '') },
      'sample: README.md was not generated',
    ],
    [
      'its prose',
      { 'lib/guards/sample/README.md': readme.replaceAll(prose, 'Soon.') },
      'sample: README.md says nothing but what is generated',
    ],
    [
      'its limits',
      { 'lib/guards/sample/README.md': readme.replace('## Limits', '## More') },
      'sample: README.md does not say what the limits are',
    ],
    [
      'anything under its limits',
      {
        'lib/guards/sample/README.md': readme.replace(
          `## Limits\n\n${prose}`,
          '## Limits\n\nNone.\n\n## More\n',
        ),
      },
      'sample: README.md does not say what the limits are',
    ],
    ['an entry in the index', { 'lib/guards/index.ts': '' }, 'sample: is not in lib/guards/index.ts'],
    [
      'a level in a preset',
      { 'policies/level-2.jsonc': '{"guards": {"sample": {"lines": 1}}}' },
      'sample: has no level in policies/level-2.jsonc',
    ],
    ['the schema', { 'policies/policy.schema.json': '{}' }, 'sample: is not in the schema'],
    [
      'an option in the schema',
      { 'policies/policy.schema.json': files['policies/policy.schema.json'].replace('strict', 'other') },
      'sample: option strict is not in the schema',
    ],
    ['a declaration', { 'lib/guards/other/README.md': readme }, 'other: has no guard.ts that declares it'],
  ])('without %s', (_, changed, gap) => {
    expect(gapsOf(changed)).toContain(gap);
  });

  it.each([
    [
      'deny examples',
      { examples: { deny: examples.slice(1), pass: examples } },
      'sample: has 4 deny examples, fewer than 5',
    ],
    [
      'pass examples',
      { examples: { deny: examples, pass: [] } },
      'sample: has 0 pass examples, fewer than 5',
    ],
    ['a title', { title: '' }, 'sample: has no title that is a sentence without a full stop'],
    ['events', { events: [] }, 'sample: listens to no event'],
    [
      'an explanation',
      { options: { strict: { type: 'boolean', default: true, tighter: true, about: '' } } },
      'sample: option strict is not explained by a sentence',
    ],
  ])('without %s in the declaration', (_, changed, gap) => {
    expect(gapsOf({}, { ...whole, ...(changed as Partial<AnyGuard>) })).toEqual([gap]);
  });
});
