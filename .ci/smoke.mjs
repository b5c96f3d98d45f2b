/** Runs the hooks and the CLI of an installed package once each, as Codex and a person would. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node .ci/smoke.mjs FOLDER_OF_THE_PACKAGE');

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-smoke-'));
const env = { ...process.env, HOME: scratch, CODEX_HOME: join(scratch, '.codex') };
delete env.NODE_EXTRA_CA_CERTS; // a hook does not need it, and it alone triples the start of Node 20
const repository = join(scratch, 'app');
execFileSync('git', ['init', '--quiet', '--initial-branch=feature', repository]);

const base = {
  session_id: 's',
  transcript_path: null,
  cwd: repository,
  model: 'm',
  turn_id: 't',
  permission_mode: 'default',
};
const shell = (command) => ({ tool_name: 'Bash', tool_input: { command }, tool_use_id: 'c' });
const DENIED = { exit: 2, stdout: /^$/, stderr: /^\[[a-z-]+\] .+\. Instead: .+/ };
const PASSED = { exit: 0, stdout: /^$/ };

/** Event, fields beside the common ones, what must come back. */
const HOOKS = [
  ['PreToolUse', shell('git push --force origin main'), DENIED],
  ['PreToolUse', shell('git status'), PASSED],
  ['PreToolUse', 'no JSON', { exit: 2, stdout: /^$/, stderr: /\S/ }],
  ['PermissionRequest', shell('git push --force origin main'), DENIED],
  ['PostToolUse', { ...shell('git status'), tool_response: 'On branch feature' }, PASSED],
  ['UserPromptSubmit', { prompt: 'hello' }, PASSED],
  ['SessionStart', { source: 'startup' }, { exit: 0 }],
  ['SessionEnd', { reason: 'other' }, PASSED],
  ['PreCompact', { trigger: 'auto' }, PASSED],
  ['SubagentStart', { agent_id: 'a', agent_type: 'worker' }, { exit: 0 }],
  [
    'SubagentStop',
    { agent_id: 'a', agent_type: 'worker', stop_hook_active: false, last_assistant_message: null },
    PASSED,
  ],
  ['Stop', { stop_hook_active: false, last_assistant_message: 'done' }, PASSED],
];
/** Arguments, what must come back. */
const COMMANDS = [
  [['--version'], { exit: 0, stdout: /^\d+\.\d+\.\d+/ }],
  [['check', 'git push --force origin main'], { exit: 1 }],
  [['check', 'git status'], { exit: 0 }],
  [['no-such-command'], { exit: 2, stderr: /\S/ }],
];

let failures = 0;
const run = (title, program, args, input, expected) => {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [join(folder, program), ...args], {
    cwd: repository,
    env,
    input,
    encoding: 'utf8',
    timeout: 20_000,
  });
  const holds =
    status === expected.exit &&
    (expected.stdout ?? /^/).test(stdout) &&
    (expected.stderr ?? /^/).test(stderr);
  console.log(`${holds ? 'ok    ' : 'not ok'} ${title}`);
  if (holds) return;
  failures += 1;
  console.log({ status, signal, stdout: stdout.slice(0, 600), stderr: stderr.slice(-600), expected });
};

try {
  console.log(`node ${process.version}`);
  for (const [event, fields, expected] of HOOKS) {
    const file = event.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    const payload =
      typeof fields === 'string' ? fields : JSON.stringify({ ...base, hook_event_name: event, ...fields });
    const subject = fields.tool_input?.command ?? '';
    run(`${event} ${subject}`, `dist/hooks/${file}.cjs`, [], payload, expected);
  }
  for (const [args, expected] of COMMANDS) {
    run(`codex-guard ${args.join(' ')}`, 'dist/bin/codex-guard.cjs', args, '', expected);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
