import { describe, expect, it } from 'vitest';
import { judgeCommand } from '../pipeline.ts';
import { HOSTILE, INNOCENT } from './flow-cases.ts';

const OWNERS = ['secrets', 'protected-paths'];

describe('credentials whose values nobody knows', () => {
  it.each(HOSTILE)('stay here: %s', (command) => {
    const { verdict } = judgeCommand(command);
    const denied = verdict.findings.filter(({ level }) => level === 'deny').map(({ guard }) => guard);
    expect(denied.filter((guard) => OWNERS.includes(guard))).not.toEqual([]);
  });

  it.each(INNOCENT)('are not seen where there are none: %s', (command) => {
    const { verdict } = judgeCommand(command);
    expect(verdict.findings.filter(({ guard }) => OWNERS.includes(guard))).toEqual([]);
    expect(verdict.outcome).not.toBe('deny');
  });
});
