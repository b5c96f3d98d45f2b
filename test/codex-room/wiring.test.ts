import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import { isOurCommand, wiringCommand, wiringEntries } from '../../lib/codex/wiring.ts';
import { InputError } from '../../lib/types/errors.ts';
import type { EventName } from '../../lib/types/payload.ts';

const paths = { nodePath: '/usr/bin/node', hooksDir: '/home/user/.codex/guard/hooks' };

describe('wiringEntries', () => {
  const entries = wiringEntries(paths);

  it('has one for every event with a program', () => {
    const programs = Object.entries(EVENT_RULES).filter(([, rule]) => rule.program !== undefined);
    expect(entries.map(({ event }) => event).sort()).toEqual(programs.map(([event]) => event).sort());
    expect(entries).toHaveLength(10);
  });

  it('has whole seconds that the client accepts', () => {
    for (const { event, handler } of entries) {
      expect(Number.isInteger(handler.timeout) && handler.timeout > 0).toBe(true);
      if (event === 'SessionEnd') expect(handler.timeout).toBeLessThanOrEqual(3);
    }
  });

  it('is the same to the byte as in earlier releases', () => {
    const digest = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
    expect(digest).toBe('94564492869792fb38514ff98c4911bfe74a7b08901b1c4054d5868499375a41');
  });
});

describe('wiringCommand', () => {
  it.each(['PostCompact', 'Interrupt', 'PreModelRequest'] as const)(
    'refuses %s, which has no program',
    (event) => {
      expect(() => wiringCommand(event, paths)).toThrow(InputError);
    },
  );

  it.each([
    [{ ...paths, nodePath: 'node' }],
    [{ ...paths, hooksDir: 'hooks' }],
    [{ ...paths, hooksDir: '/a\nb' }],
    [{ ...paths, nodePath: '/a\u0000b' }],
  ])('refuses %j', (bad) => {
    expect(() => wiringCommand('Stop', bad)).toThrow(InputError);
  });
});

describe('isOurCommand', () => {
  it.each(
    wiringEntries({ ...paths, hooksDir: "/it's a home/hooks" }).map(({ event, handler }) => [
      event,
      handler.command,
    ]),
  )('knows %s', (_: EventName, command: string) => {
    expect(isOurCommand(command)).toBe(true);
  });

  it.each([
    'node /home/user/.codex/guard/hooks/pre-tool-use.cjs',
    'codex-guard',
    "exec /bin/sh -c 'x' other '/a/hooks/stop.cjs' ''",
    "echo 'exec /bin/sh -c' codex-guard '/a/hooks/stop.cjs' ''",
  ])('does not take %j for ours', (command) => {
    expect(isOurCommand(command)).toBe(false);
  });
});
