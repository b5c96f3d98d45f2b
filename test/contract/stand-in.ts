/** A stand-in for the client, as far as install, doctor and status ask it: lists the hooks, keeps trust in config.toml. It plays no session. */

import { chmodSync, writeFileSync } from 'node:fs';

/** Writes the program. @param path where; a file that is made executable */
export function writeStandIn(path: string): void {
  writeFileSync(
    path,
    `#!${process.execPath}
const fs = require('node:fs'), crypto = require('node:crypto');
if (process.argv.includes('--version')) { console.log('codex-cli 0.169.0'); process.exit(0); }
if (!process.argv.includes('app-server')) process.exit(1);
const home = process.env.CODEX_HOME ?? process.env.HOME + '/.codex';
const read = (path) => { try { return fs.readFileSync(path, 'utf8'); } catch { return ''; } };
const say = (o) => process.stdout.write(JSON.stringify(o) + '\\n');
function list() {
  const path = home + '/hooks.json', trusted = read(home + '/config.toml');
  const hooks = JSON.parse(read(path) || '{"hooks":{}}').hooks;
  return Object.entries(hooks).flatMap(([event, groups]) => groups.flatMap((group, at) => group.hooks.map((hook, n) => {
    const key = path + ':' + event.replace(/(?<=.)([A-Z])/g, '_$1').toLowerCase() + ':' + at + ':' + n;
    const currentHash = 'sha256:' + crypto.createHash('sha256').update(event + hook.command).digest('hex');
    return { key, eventName: event[0].toLowerCase() + event.slice(1), handlerType: 'command', command: hook.command, sourcePath: path,
      source: 'user', currentHash, enabled: true, trustStatus: trusted.includes(currentHash) ? 'trusted' : 'untrusted' };
  })));
}
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') say({ id, result: { codexHome: home } });
  if (method === 'hooks/list') say({ id, result: { data: [{ cwd: '', hooks: list(), warnings: [], errors: [] }] } });
  if (method === 'config/batchWrite') {
    const tables = params.edits.map(({ keyPath, value }) => '[' + keyPath.replace(/\\.trusted_hash$/, '') + ']\\ntrusted_hash = ' + JSON.stringify(value) + '\\n');
    fs.appendFileSync(home + '/config.toml', tables.join(''));
    say({ id, result: {} });
  }
});
`,
  );
  chmodSync(path, 0o755);
}
