import { describe, expect, it } from 'vitest';
import { say, shell } from '../../lib/codex/scripted-model.ts';
import { runCodex, type Session } from './run-codex.ts';

/** A hook in one line of shell: no pushing. */
const noPush = {
  hooks: {
    PreToolUse: [
      {
        hooks: [
          { type: 'command', command: 'grep -q "git push" && { echo "ask first" >&2; exit 2; }; exit 0' },
        ],
      },
    ],
  },
};
const session: Session = {
  files: { 'a.txt': 'one\n' },
  hooksJson: noPush,
  turns: [
    [shell('git push origin main; touch pushed.txt')],
    [shell('cat a.txt; touch read.txt')],
    [say('all done')],
  ],
};

describe('the real client', () => {
  it.each(['bypass', 'state'] as const)('obeys a hook that it trusts by %s', async (trust) => {
    const { calls, modelSaw, replies, hooks, files, exitCode, timedOut, audit } = await runCodex({
      ...session,
      trust,
    });
    expect({ exitCode, timedOut, audit }).toEqual({ exitCode: 0, timedOut: false, audit: [] });
    expect(calls.map(({ name }) => name)).toEqual(['exec_command', 'exec_command']);
    expect(calls[0]?.output).toMatch(/^Command blocked by PreToolUse hook: ask first\. Command: git push/);
    expect(calls[1]?.output).toContain('one\n');
    expect(modelSaw[1]).toEqual([calls[0]?.output]);
    expect(hooks.map(({ status }) => status)).toEqual(['Blocked', 'Completed']);
    expect(replies).toEqual(['all done']);
    expect(files).toEqual({ 'a.txt': 'one\n', 'read.txt': '' });
  });

  it('skips a hook that it does not trust', async () => {
    const { files } = await runCodex({ ...session, trust: 'none' });
    expect(Object.keys(files)).toContain('pushed.txt');
  });
});
