/** Secrets and the real client: what keeps one from the model in both kinds of tools, what keeps one from files and commits, and where the client shows nothing to hooks. */

import { describe, expect, it } from 'vitest';
import { call, code, patch, say, shell } from '../../lib/codex/scripted-model.ts';
import { makeSample, seededRandom } from '../secrets/samples.ts';
import { type Rooms, writeFiles } from './rooms.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

const CODE_MODE = 'gpt-6.1-sol';
const random = seededRandom(606);
const TOKEN = makeSample('ghp_{A36}', random);
const KEY = `-----BEGIN OPENSSH PRIVATE ${'KEY'}-----\n${makeSample('{b70}\n{b70}', random)}\n-----END OPENSSH PRIVATE ${'KEY'}-----`;
const KEPT_BACK = /\[secrets\] .*\. Instead: /;

const guarded = (session: Session): Promise<Outcome> => runCodex({ install: true, ...session });

/** Nothing of a secret in what the model got, nor in what the guard wrote; parts of ten characters count. */
function expectUnseen({ modelSaw, audit, homeFiles }: Outcome, secret = TOKEN): void {
  const texts = [...modelSaw.flat(), JSON.stringify(audit), JSON.stringify(homeFiles)].join('\n');
  for (let at = 4; at + 10 <= secret.length; at += 1) expect(texts).not.toContain(secret.slice(at, at + 10));
}

const leaky =
  (text: string) =>
  ({ project }: Rooms): void =>
    writeFiles(project, { 'build.log': text });

describe('what a tool prints, told to a model with classic tools', () => {
  it.each([
    ['a private key', KEY, 'cat build.log'],
    ['a token in base64', TOKEN, 'base64 -w0 build.log'],
    ['a token of a command that fails', TOKEN, 'cat build.log; exit 3'],
  ])('holds no part of %s', async (_, secret, command) => {
    const outcome = await guarded({
      prepare: leaky(`x\n${secret}\ny\n`),
      turns: [[shell(command)], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toMatch(KEPT_BACK);
    // The second line of a key; a token is one line.
    expectUnseen(outcome, secret.split('\n')[1] ?? secret);
  });

  it('holds no token of an MCP server', async () => {
    const backwards = [...TOKEN].reverse().join('');
    const outcome = await guarded({
      model: 'sub-agent-model',
      mcp: true,
      turns: [
        [call('reverse', { text: 'enif' }, 'mcp__echo')],
        [call('reverse', { text: backwards }, 'mcp__echo')],
        [say('done')],
      ],
    });
    expect(outcome.calls[0]?.output).toContain('reverse fine');
    expect(outcome.calls[1]?.output).toMatch(KEPT_BACK);
    expectUnseen(outcome);
  });
});

describe('what a tool prints, told to JavaScript of the model', () => {
  const session = (javascript: string, log: string): Session => ({
    model: CODE_MODE,
    prepare: leaky(log),
    turns: [[code(javascript)], [say('done')]],
  });

  it('is an error in the place of a token', async () => {
    const outcome = await guarded(
      session(
        `try { const r = await tools.exec_command({ cmd: 'cat build.log' }); text('GOT ' + JSON.stringify(r)); } catch (e) { text('CAUGHT ' + e); }`,
        `fetched with ${TOKEN}\n`,
      ),
    );
    expect(outcome.calls[0]?.output).toMatch(/CAUGHT .*\[secrets\] /);
    expect(outcome.calls[0]?.output).not.toContain('GOT');
    expectUnseen(outcome);
  });

  it('stays whole where it is harmless', async () => {
    const outcome = await guarded(
      session(
        `const r = await tools.exec_command({ cmd: 'cat build.log' }); text(JSON.stringify(r));`,
        'all is well\n',
      ),
    );
    expect(outcome.calls[0]?.output).toContain('all is well');
  });

  it('is shown to hooks without the middle of what is longer than 40 KB: a token there gets through', async () => {
    const outcome = await guarded(
      session(
        `const r = await tools.exec_command({ cmd: 'cat build.log', max_output_tokens: 100000 }); text('LENGTH ' + JSON.stringify(r).length); text((JSON.stringify(r).match(/ghp_\\w{8}/) ?? ['none'])[0]);`,
        `${'harmless line\n'.repeat(4000)}${TOKEN}\n${'harmless line\n'.repeat(4000)}`,
      ),
    );
    expect(outcome.calls[0]?.output).toContain(`LENGTH `);
    // Not what we would like: what the client does not show to a hook, no hook can keep back.
    expect(outcome.calls[0]?.output).toContain(TOKEN.slice(0, 12));
  });
});

describe('a command that is still running when the model is told of it', () => {
  it('has shown its first output to nobody but the model', async () => {
    const outcome = await guarded({
      prepare: leaky(`${TOKEN}\n`),
      turns: [[shell('cat build.log; sleep 4', { yield_time_ms: 500 })], [say('done')]],
    });
    // The client asks no hook before the command has ended: a hole that the README names.
    expect(outcome.calls[0]?.output).toContain(TOKEN);
  });
});

describe('a patch', () => {
  it.each([
    ['of a model with classic tools', 'gpt-5.5'],
    ['of JavaScript of the model', CODE_MODE],
  ])('%s that adds a token is denied, and one that removes it passes', async (_, model) => {
    const adds = ['*** Add File: src/b.ts', `+export const t = '${TOKEN}';`];
    const removes = [
      '*** Update File: src/a.ts',
      '@@',
      `-const t = '${TOKEN}';`,
      '+const t = process.env.API_KEY;',
    ];
    const apply = (lines: readonly string[]) =>
      model === CODE_MODE
        ? code(
            `try { await tools.apply_patch(${JSON.stringify(['*** Begin Patch', ...lines, '*** End Patch'].join('\n'))}); text('APPLIED'); } catch (e) { text('CAUGHT ' + e); }`,
          )
        : patch(...lines);
    const { calls, files } = await guarded({
      model,
      files: { 'src/a.ts': `const t = '${TOKEN}';\n` },
      turns: [[apply(adds)], [apply(removes)], [say('done')]],
    });
    expect(calls[0]?.output).toMatch(/\[secrets\] .*stands in the patch for src\/b\.ts/);
    expect(files).toEqual({ 'src/a.ts': 'const t = process.env.API_KEY;\n' });
  });
});

describe('a commit', () => {
  it('of a staged token is denied, and goes on without it', async () => {
    const commit = 'git -c user.name=T -c user.email=t@example.com commit -qm "add it"';
    const outcome = await guarded({
      files: { 'a.txt': 'one\n' },
      prepare: leaky(`t=${TOKEN}\n`),
      turns: [
        [shell('git add build.log')],
        [shell(commit)],
        [shell('git rm -q --cached build.log && echo two >> a.txt && git add a.txt')],
        [shell(`${commit} && git log --oneline -1`)],
        [say('done')],
      ],
    });
    expect(outcome.calls[1]?.output).toMatch(/\[secrets\] .*stands in the commit at build\.log:1:3/);
    expect(outcome.calls[3]?.output).toContain('add it');
    expectUnseen(outcome);
  });
});
