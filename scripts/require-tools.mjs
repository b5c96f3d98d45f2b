/** Says which programs the tests miss on this machine, before hundreds of them fail one by one. */
import { spawnSync } from 'node:child_process';

const TOOLS = [
  { name: 'git', args: ['--version'], use: 'repositories that the tests build' },
  { name: 'sh', args: ['-c', ':'], use: 'the wiring command' },
  { name: 'bash', args: ['-c', ':'], use: 'the reference that shell texts are compared with' },
  { name: 'mkfifo', args: ['--version'], use: 'files that must not be waited for' },
];

const missing = TOOLS.filter(
  ({ name, args }) => spawnSync(name, args, { stdio: 'ignore' }).error !== undefined,
);
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  process.stderr.write(`codex-guard needs Node 20 or newer to be tested; this is ${process.version}\n`);
  process.exitCode = 1;
}
for (const { name, use } of missing) {
  process.stderr.write(`the tests need ${name} (${use}); install it and make sure that it is on PATH\n`);
  process.exitCode = 1;
}
