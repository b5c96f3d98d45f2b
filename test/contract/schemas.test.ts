/** The published schemas themselves: complete, explained, and able to say no. */

import { describe, expect, it } from 'vitest';
import { ISSUES } from '../../lib/doctor/verify-run/issues.ts';
import { guards } from '../../lib/guards/index.ts';
import { judgeExample } from '../pipeline.ts';
import { findShapeErrors, listedSchemas, printedSchema } from './shapes.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every object in a schema, with the way to it. */
function* nodesOf(value: unknown, path = ''): Generator<readonly [string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Node];
  for (const [key, item] of Object.entries(value)) yield* nodesOf(item, `${path}/${key}`);
}

const names = listedSchemas();

describe.each(names)('the schema %s', (name) => {
  const schema = printedSchema(name);
  const nodes = [...nodesOf(schema)];

  it('is draft-07 and says what it is', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: `codex-guard/${name}/v1`,
      title: expect.stringMatching(/^\S.*\S$/),
      description: expect.stringMatching(/\.$/),
    });
  });

  it('needs no other file', () => {
    for (const [path, { $ref }] of nodes) {
      if (typeof $ref !== 'string') continue;
      const id = /^#\/definitions\/(\w+)$/.exec($ref)?.[1] ?? '';
      expect(schema.definitions, `${path} refers to ${$ref}`).toHaveProperty(id);
    }
  });

  it('names every property and explains it', () => {
    const definitions = (schema.definitions ?? {}) as Record<string, Node>;
    for (const [path, node] of nodes) {
      if (node.type === 'object') expect(node, path).toHaveProperty('additionalProperties');
      const isList = path.endsWith('/properties') && !path.endsWith('/properties/properties');
      for (const [key, property] of isList ? Object.entries(node as Record<string, Node>) : []) {
        const meant = definitions[/(\w+)$/.exec(String(property.$ref))?.[1] ?? ''];
        const text = property.description ?? meant?.description;
        expect(text, `${path}/${key}`).toMatch(/^\S.*\S$/s);
      }
    }
    for (const [id, definition] of Object.entries(definitions))
      expect(definition.title, id).toMatch(/^[A-Z]/);
  });
});

it('there is one for everything that is printed or kept', () => {
  expect(names.length).toBeGreaterThanOrEqual(31);
});

it('knows every kind of issue of a run', () => {
  expect(JSON.stringify(printedSchema('verify-run'))).toContain(JSON.stringify(Object.keys(ISSUES)));
});

describe('facts and verdicts', () => {
  it.each(guards.map(({ id, examples }) => [id, [...examples.deny, ...examples.pass]] as const))(
    'of the examples of %s have the published shape',
    (id, examples) => {
      for (const example of examples) {
        const { facts, verdict, policy } = judgeExample(example, id);
        const answer = {
          schema: 'codex-guard/explain/v1',
          command: '',
          facts,
          verdict,
          sources: policy.sources,
        };
        // A word that nobody knows has no text: JSON leaves it out.
        expect(findShapeErrors(JSON.parse(JSON.stringify(answer))), JSON.stringify(example)).toEqual([]);
      }
    },
  );
});

describe('a wrong shape is noticed', () => {
  const right = {
    schema: 'codex-guard/check/v1',
    verdict: 'deny',
    guards: ['secrets'],
    findings: [{ guard: 'secrets', level: 'deny', message: 'm', remedy: 'r' }],
    failures: [],
    tier: 5,
    policy: 'a'.repeat(64),
  };

  it('but not where there is none', () => {
    expect(findShapeErrors(right)).toEqual([]);
  });

  it.each([
    ['a field too many', { more: 1 }],
    ['a field too few', { tier: undefined }],
    ['another type', { tier: '5' }],
    ['a word that is not known', { verdict: 'denied' }],
    ['a field too many inside', { findings: [{ ...right.findings[0], evidence: [] }] }],
    ['a digest that is none', { policy: 'abc' }],
  ])('%s', (_, change) => {
    const wrong = JSON.parse(JSON.stringify({ ...right, ...change }));
    expect(findShapeErrors(wrong)).not.toEqual([]);
  });

  it('no schema', () => {
    expect(findShapeErrors({ ...right, schema: undefined })).toEqual(['it names no schema']);
  });
});
