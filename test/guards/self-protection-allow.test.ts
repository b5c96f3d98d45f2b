/** Nothing that an agent can type gets it past a denial by `codex-guard allow`, and everything that only looks passes. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject } from '../pipeline.ts';

const ALLOW = "codex-guard allow 'git push origin main' --reason x";

describe('an agent is refused', () => {
  it.each([
    ALLOW,
    'npx codex-guard allow x --reason y',
    'npx -y codex-guard@1 allow x',
    'npx -p codex-guard codex-guard allow x',
    "npx --package=codex-guard -c 'codex-guard allow x'",
    'npm exec codex-guard -- allow x',
    "npm exec -c 'codex-guard allow x'",
    'npm x codex-guard allow x',
    'pnpm dlx codex-guard allow x',
    'pnpm exec codex-guard allow x',
    'yarn dlx codex-guard allow x',
    'bunx codex-guard allow x',
    'corepack pnpm dlx codex-guard allow x',
    'deno run -A npm:codex-guard allow x',
    'node node_modules/codex-guard/dist/bin/codex-guard.cjs allow x',
    'node --no-warnings ./dist/bin/codex-guard.cjs allow x',
    './node_modules/.bin/codex-guard allow x',
    "alias g='codex-guard allow'; g x --reason y",
    'g() { codex-guard "$@"; }; g allow x',
    'bash -c "codex-guard allow x"',
    "bash -lc 'exec codex-guard allow x'",
    'env -i PATH=$PATH codex-guard allow x',
    'env -u CODEX_THREAD_ID codex-guard allow x',
    "script -qc 'codex-guard allow x --reason y' /dev/null",
    'script -q /dev/null codex-guard allow x',
    'unbuffer -p codex-guard allow x',
    "expect -c 'spawn codex-guard allow x --reason y; send branch-protection\\r; expect eof'",
    'setsid nohup codex-guard allow x',
    `python3 -c "import pty; pty.spawn(['codex-guard','allow','x'])"`,
    `python3 -c "import subprocess; subprocess.run(['codex-guard','allow','x'])"`,
    `node -e "require('child_process').spawn('codex-guard',['allow','x'])"`,
    `perl -e 'system("codex-guard","allow","x")'`,
    "tmux new-session -d 'codex-guard allow x'",
    "tmux send-keys -t 0 'codex-guard allow x' Enter",
    "screen -S s -X stuff 'codex-guard allow x\\n'",
    "echo 'codex-guard allow x' | bash",
    "bash <<'E'\ncodex-guard allow x\nE",
    "printf 'codex-guard allow x\\n' > a.sh && bash a.sh",
    'A=allow; codex-guard $A x',
    'C=codex-guard; $C allow x',
    'echo allow x | xargs codex-guard',
    'sudo codex-guard allow x',
    'yes branch-protection | codex-guard allow x',
    "at now <<< 'codex-guard allow x'",
    'systemd-run --user codex-guard allow x',
    'codex-guard policy lock',
    'npx codex-guard policy lock --layer user',
    'codex-guard policy init',
    "echo '{}' > ~/.codex/guard/grants/0a1b2c3d.json",
    'mkdir -p ~/.codex/guard/grants',
    'cp /tmp/x.json ~/.codex/guard/grants/',
    'mv ~/.codex/guard/grants/a.1.used.json ~/.codex/guard/grants/a.json',
    'touch ~/.codex/guard/grants/a.json',
    'tee ~/.codex/guard/grants/a.json < x',
    'cd ~/.codex/guard && echo x > grants/a.json',
    `python3 -c "import os; open(os.path.expanduser('~/.codex/guard/grants/a.json'),'w').write('{}')"`,
    `node -e "require('fs').writeFileSync(process.env.HOME+'/.codex/guard/grants/a.json','{}')"`,
  ])('%s', (command) => {
    const { verdict } = judgeCommand(command);
    expect(verdict.outcome).toBe('deny');
    expect(verdict.findings.map(({ guard }) => guard)).toContain('self-protection');
  });

  it('by a script of the project that it starts', () => {
    const cwd = makeProject('feature/x', { 'tools/go.sh': `#!/bin/sh\n${ALLOW}\n` });
    for (const command of ['bash tools/go.sh', './tools/go.sh', '. tools/go.sh'])
      expect([command, judgeCommand(command, cwd).verdict.outcome]).toEqual([command, 'deny']);
  });

  it('with a doubt, when the word is not known', () => {
    const { verdict } = judgeCommand('codex-guard "$(cat word)" x');
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({ guard: 'self-protection', level: 'warn', uncertain: true }),
    );
  });
});

describe('an agent may', () => {
  it.each([
    'codex-guard check "codex-guard allow x"',
    "npx codex-guard explain 'git push origin main'",
    'codex-guard log --blocked',
    'codex-guard guards',
    'codex-guard policy print --origin',
    'codex-guard policy check',
    'codex-guard policy schema',
    'codex-guard policy lock --check',
    'codex-guard doctor --json',
    'codex-guard status',
    'codex-guard scan --staged',
    'npx codex-guard verify-run',
    'codex-guard help allow',
    'codex-guard --version',
    "git commit -m 'docs: codex-guard allow'",
    "grep -rn 'codex-guard allow' docs",
    "echo 'run codex-guard allow x yourself'",
  ])('%s', (command) => {
    expect(judgeCommand(command).verdict).toMatchObject({ outcome: 'pass', findings: [] });
  });
});
