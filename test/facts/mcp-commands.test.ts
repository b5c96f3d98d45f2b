/** Which calls of MCP tools stand for commands, and for which. */

import { describe, expect, it } from 'vitest';
import { readMcpCommands } from '../../lib/facts/mcp-commands.ts';

type Row = readonly [name: string, args: unknown, ...texts: string[]];

const ROWS: readonly Row[] = [
  ['shell/run_command', { command: 'npm test' }, 'npm test'],
  ['shell/execute', { cmd: ['rm', '-rf', 'a b'] }, "rm -rf 'a b'"],
  ['term/exec', { command: 'bash', args: ['-c', 'git push'] }, "bash -c 'git push'"],
  ['terminal/run', { commands: ['ls', 'pwd'] }, 'ls', 'pwd'],
  ['desktop_commander/startProcess', { command: 'make' }, 'make'],
  [
    'desktop_commander/interact_with_process',
    { pid: 1, input: 'git push origin main' },
    'git push origin main',
  ],
  ['ssh/exec', { host: 'web', command: 'ls /srv' }, "ssh web 'ls /srv'"],
  ['aws/call_aws', { cli_command: 'aws s3 ls' }, 'aws s3 ls'],
  ['notes/edit', { command: 'view', path: 'a.ts' }],
  ['notes/edit', { command: 'rm -rf build' }, 'rm -rf build'],
  ['postgres/query', { sql: 'DROP TABLE t' }, "psql -c 'DROP TABLE t'"],
  ['sqlite/query', { query: 'select 1' }, "sqlite3 database.db 'select 1'"],
  ['docs/search', { query: 'drop table syntax' }],
  ['postgres/search_docs', { query: 'how to drop a table' }],
  ['python/run', { code: 'print(1)' }, "python3 -c 'print(1)'"],
  ['box/run_code', { code: 'puts 1', language: 'ruby' }, "ruby -e 'puts 1'"],
  ['playwright/evaluate_script', { script: 'document.title' }],
  ['git/git_push', { remote: 'origin', branch: 'x', force: true }, 'git push --force origin x'],
  ['git/git_reset', { repo_path: '/r', mode: 'hard', commit: 'HEAD~1' }, "git -C /r reset --hard 'HEAD~1'"],
  ['git/git_commit', { message: 'rm -rf /' }, 'git commit -m message'],
  ['git/git_stash', { mode: 'drop' }, 'git stash drop'],
  ['git/git_add', { files: ['a'] }],
  [
    'docker/run_container',
    { image: 'x', privileged: true, volumes: ['/:/host'] },
    'docker run --privileged -v /:/host x',
  ],
  ['github/create_issue', { title: 'rm -rf /', body: 'git push origin main' }],
  ['memory/add', { observations: ['git push origin main'] }],
];

describe('commands behind calls of MCP tools', () => {
  it.each(ROWS.map(([name, args, ...texts]) => ({ name, args, texts })))(
    '$name $args',
    ({ name, args, texts }) => {
      const [server = '', tool = ''] = name.split('/');
      expect(readMcpCommands(server, tool, args).map(({ text }) => text)).toEqual(texts);
    },
  );

  it('run in the directory that the call names', () => {
    expect(readMcpCommands('shell', 'run', { command: 'ls', workdir: '/srv' })).toEqual([
      { text: 'ls', cwd: '/srv' },
    ]);
  });

  it('are few, however long the call', () => {
    const commands = Array.from({ length: 500 }, (_, i) => `echo ${i}`);
    expect(readMcpCommands('shell', 'run', { commands })).toHaveLength(50);
  });

  it.each([undefined, null, 1, 'rm -rf /', ['rm']])('has none in %j', (args) => {
    expect(readMcpCommands('shell', 'run', args)).toEqual([]);
  });
});
