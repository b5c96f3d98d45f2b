import { describe, expect, it } from 'vitest';
import { mergeHooks } from '../../lib/codex/hooks-json.ts';
import { listHookTrust } from '../../lib/codex/trust.ts';
import { wiringEntries } from '../../lib/codex/wiring.ts';
import { InputError } from '../../lib/types/errors.ts';

const x = { type: 'command', command: 'x' };
const file = {
  hooks: {
    PreToolUse: [
      {
        matcher: 'Bash|apply_patch',
        hooks: [
          { ...x, command: 'a "é" \\ b', timeout: 0, statusMessage: 's', additionalContextLimit: 7 },
          { type: 'prompt' },
          { ...x, async: true },
        ],
      },
    ],
    Later: [{ hooks: [x] }],
    Stop: [{ matcher: 'x', hooks: [{ ...x, additionalContextLimit: 7 }] }],
    SessionEnd: [{ hooks: [x, { ...x, timeout: 9 }] }],
    UserPromptSubmit: [{ hooks: [{ ...x, statusMessage: null, timeout: null }] }],
    PreCompact: [{ matcher: '', hooks: [x] }],
    SubagentStart: [{ matcher: null, hooks: [{ ...x, additionalContextLimit: 0 }] }],
  },
};

describe('listHookTrust', () => {
  it('computes what the client reports', () => {
    const trust = listHookTrust(JSON.stringify(file), '/h/hooks.json');
    expect(trust.map(({ key, hash }) => [key.replace('/h/hooks.json:', ''), hash.slice(0, 23)])).toEqual([
      ['pre_tool_use:0:0', 'sha256:c3c1e2aaa2b0821e'],
      ['pre_tool_use:0:2', 'sha256:db66568adc5a0c68'],
      ['stop:0:0', 'sha256:6f14477468be127a'],
      ['session_end:0:0', 'sha256:f3041eae9d0be5fa'],
      ['session_end:0:1', 'sha256:b1aa6329f3a5daf3'],
      ['user_prompt_submit:0:0', 'sha256:9f83d2c9d1b48d37'],
      ['pre_compact:0:0', 'sha256:23e078986df40497'],
      ['subagent_start:0:0', 'sha256:cc097140c3b81c73'],
    ]);
  });

  it('knows ours, and foreign keys do not move when ours come', () => {
    const before = listHookTrust(JSON.stringify(file), '/h');
    const entries = wiringEntries({ nodePath: '/usr/bin/node', hooksDir: '/g/hooks' });
    const after = listHookTrust(mergeHooks(JSON.stringify(file), entries).text as string, '/h');
    expect(after.filter(({ isOurs }) => !isOurs)).toEqual(before);
    expect(
      after
        .filter(({ isOurs }) => isOurs)
        .map(({ event }) => event)
        .sort(),
    ).toEqual(entries.map(({ event }) => event).sort());
  });

  it('refuses a file that the client would drop', () => {
    expect(() => listHookTrust('{"version":1}', '/h')).toThrow(InputError);
  });
});
