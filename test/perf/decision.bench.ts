/** Prints how long a decision takes in one warm process. Run: node scripts/run-ts.mjs test/perf/decision.bench.ts */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyInput, runStep } from '../../lib/engine/run-step.ts';
import { openHost } from '../../lib/facts/host.ts';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import type { Payload } from '../../lib/types/payload.ts';

const ROUNDS = 400;
const project = mkdtempSync(join(tmpdir(), 'codex-guard-bench-'));
execFileSync('git', ['init', '-q', '-b', 'feature/x', project]);
const env = { ...process.env, HOME: project, CODEX_HOME: join(project, '.codex') };

/** Commands of everyday shapes; the middle one is about 1 KB. */
const COMMANDS: Readonly<Record<string, string>> = {
  'git status': 'git status',
  '1 KB of pipes, lists and quotes': `${'for f in src/*.ts; do grep -n "TODO|FIXME" "$f" | sed -n "1,20p" | awk -F: \'{ print $2 }\' >> /tmp/out.txt && wc -l "$f"; done; '.repeat(8)}git add -A && git commit -m "chore: note rm -rf in docs"`,
  '4 KB here-document': `cat > notes.md <<'EOF'\n${'- one more line about git push and rm -rf\n'.repeat(100)}EOF`,
};

const host = openHost({ sessionCwd: project, callCwd: project, env });
const policy = loadPolicy(policyInput(host, project, new Date(), undefined));
console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
for (const [name, command] of Object.entries(COMMANDS)) {
  const payload: Payload = {
    event: 'PreToolUse',
    eventText: 'PreToolUse',
    sessionId: 'bench',
    cwd: project,
    permissionMode: 'default',
    call: { kind: 'shell', command },
    unknown: {},
  };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    runStep({
      payload,
      event: 'PreToolUse',
      env,
      sessionCwd: project,
      now: new Date(),
      budgetMs: 4000,
      counts: false,
      policy,
    });
    times.push(performance.now() - begin);
  }
  const warm = times.slice(ROUNDS / 4).sort((a, b) => a - b);
  const at = (share: number): string => (warm[Math.floor((warm.length - 1) * share)] as number).toFixed(2);
  console.log(
    `decision, warm: ${name} (${command.length} characters): median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
  );
}
rmSync(project, { recursive: true, force: true });
