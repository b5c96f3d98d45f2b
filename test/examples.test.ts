import { describe, expect, it } from 'vitest';
import { guards } from '../lib/guards/index.ts';
import type { Example } from '../lib/kit/define-guard.ts';
import { judgeExample } from './pipeline.ts';
import { WRAPPINGS } from './wrappings.ts';

const titleOf = (example: Example): string =>
  (typeof example === 'string' ? example : JSON.stringify(example)).slice(0, 100);
const commandOf = (example: Example): string | undefined =>
  typeof example === 'string' ? example : example.command;

describe.each(guards.map((guard) => [guard.id, guard] as const))('%s', (id, guard) => {
  it.each(guard.examples.deny.map((example) => [titleOf(example), example] as const))(
    'denies %s',
    (_, example) => {
      const { verdict } = judgeExample(example, id);
      expect(verdict.failures).toEqual([]);
      expect(
        verdict.findings.filter((finding) => finding.level === 'deny').map((finding) => finding.guard),
      ).toContain(id);
    },
  );

  const wrapped = guard.examples.deny.filter((example) => commandOf(example) !== undefined);
  it.each(Object.entries(WRAPPINGS))('denies its examples inside %s', (_, wrap) => {
    for (const example of wrapped) {
      const { verdict } = judgeExample(example, id, wrap);
      expect(
        verdict.findings.filter((finding) => finding.level === 'deny').map((finding) => finding.guard),
        wrap(commandOf(example) as string),
      ).toContain(id);
    }
  });

  it.each(guard.examples.pass.map((example) => [titleOf(example), example] as const))(
    'lets pass %s',
    (_, example) => {
      const { verdict } = judgeExample(example, id);
      expect(verdict.findings.filter((finding) => finding.level !== 'note')).toEqual([]);
      expect(verdict.outcome).toBe('pass');
    },
  );
});
