import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { isOurCommand } from '../../lib/codex/wiring.ts';
import { home, runCli } from './fresh-home.ts';
import { FORMER, KEPT, REFUSED } from './install-variants.ts';

const hooksJson = (): string => join(home, 'hooks.json');

const cli = (...args: readonly string[]) => runCli(args);

/** Names in the home but for backups. */
function names(): readonly string[] {
  return readdirSync(home).filter((name) => !name.endsWith('.bak'));
}

describe('install and uninstall', () => {
  it.each(KEPT)('leave a hooks.json with %s as it was', async (_, text) => {
    writeFileSync(hooksJson(), text);
    chmodSync(hooksJson(), 0o640);
    writeFileSync(join(home, 'config.toml'), '# mine');
    expect(await cli('install', '--json')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(hooksJson(), 'utf8').split("' codex-guard '")).toHaveLength(11);
    expect(await cli('uninstall', '--json')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(hooksJson(), 'utf8')).toBe(text);
    expect(statSync(hooksJson()).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe('# mine');
    expect(readdirSync(join(home, 'guard'))).toEqual(['changes.jsonl']);
  });

  // By name: a title is made of all values of a row, and some are large.
  it.each(REFUSED.map(([name]) => name))('refuse a hooks.json with %s and write nothing', async (name) => {
    const [, text, message] = REFUSED.find(([other]) => other === name) as (typeof REFUSED)[0];
    writeFileSync(hooksJson(), text);
    for (const command of ['install', 'uninstall']) {
      const { exitCode, stderr } = await cli(command);
      expect([2, 4]).toContain(exitCode);
      expect(stderr).toMatch(/^error\[(?:input|host)\]: .*(?:\n {2}at )?\S+hooks\.json/);
      expect(stderr).toMatch(message);
      expect(readFileSync(hooksJson())).toEqual(Buffer.from(text));
      expect(readdirSync(home)).toEqual(['hooks.json']);
    }
  });

  it('refuse a link, a link to nowhere and a directory', async () => {
    const makers = [
      () => symlinkSync(join(home, 'nowhere'), hooksJson()),
      () => symlinkSync('/etc/passwd', hooksJson()),
      () => mkdirSync(hooksJson()),
    ];
    for (const make of makers) {
      rmSync(hooksJson(), { recursive: true, force: true });
      make();
      const { exitCode, stderr } = await cli('install');
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 4,
        stderr: expect.stringMatching(/link|regular/),
      });
      expect(readdirSync(home)).toEqual(['hooks.json']);
    }
  });

  it('keep a file that may only be read so', async () => {
    writeFileSync(hooksJson(), '{}', { mode: 0o444 });
    expect((await cli('install')).exitCode).toBe(0);
    expect((await cli('uninstall')).exitCode).toBe(0);
    expect(readFileSync(hooksJson(), 'utf8')).toBe('{}');
    expect(statSync(hooksJson()).mode & 0o777).toBe(0o444);
  });

  it('take over an earlier wiring, and leave none of it', async () => {
    writeFileSync(hooksJson(), FORMER);
    expect((await cli('install')).exitCode).toBe(0);
    expect(readFileSync(hooksJson(), 'utf8')).not.toContain('/gone/');
    await cli('uninstall');
    const left = JSON.parse(readFileSync(hooksJson(), 'utf8'));
    expect(Object.keys(left.hooks)).toHaveLength(10);
    for (const groups of Object.values<{ hooks: { command: string }[] }[]>(left.hooks))
      expect(groups.map(({ hooks }) => hooks.map(({ command }) => isOurCommand(command)))).toEqual([[false]]);
  });

  it('leave nothing where nothing was', async () => {
    await cli('install');
    await cli('uninstall');
    expect(names()).toEqual(['guard']);
    expect(readdirSync(join(home, 'guard'))).toEqual(['changes.jsonl']);
  });

  it('do not get in each other’s way', async () => {
    writeFileSync(hooksJson(), '{}');
    const codes = await Promise.all([cli('install'), cli('install'), cli('install')]);
    expect(codes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(readFileSync(hooksJson(), 'utf8').split("' codex-guard '")).toHaveLength(11);
    expect(existsSync(join(home, 'guard', 'install.lock'))).toBe(false);
    expect(readdirSync(join(home, 'guard', 'programs'))).toHaveLength(1);
    await cli('uninstall');
    expect(readFileSync(hooksJson(), 'utf8')).toBe('{}');
  });

  it('wire a repository for whoever clones it, and take that back', async () => {
    await execa('git', ['init', '--quiet', home]);
    const shared = join(home, '.codex', 'hooks.json');
    const { exitCode, stdout } = await cli('install', '--scope', 'project');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Commit ') });
    const text = readFileSync(shared, 'utf8');
    expect(text).not.toContain(home);
    expect(text).not.toContain(process.execPath);
    expect(statSync(shared).mode & 0o777).toBe(0o644);
    expect((await cli('install', '--scope', 'project')).exitCode).toBe(0);
    expect(readFileSync(shared, 'utf8')).toBe(text);
    await cli('uninstall', '--scope', 'project');
    expect(existsSync(join(home, '.codex'))).toBe(false);
    expect(existsSync(join(home, 'guard', 'hooks', 'pre-tool-use.cjs'))).toBe(true);
  });
});
