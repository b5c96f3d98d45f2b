import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/secrets/guard.ts';
import { findSecrets } from '../../lib/secrets/index.ts';
import type { Effect } from '../../lib/types/effect.ts';
import type { TextFact } from '../../lib/types/facts.ts';
import type { EventName } from '../../lib/types/payload.ts';
import { env, factsOf, judge, net, outcome, secret, unknown, word } from './build.ts';

/** Made at run time, so that none stands in the source. */
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

/** What the guard says about texts, with the real scanner in front of it. */
function scan(texts: readonly TextFact[], event: EventName = 'PreToolUse', options = {}) {
  const { hits } = findSecrets(texts, { deadline: performance.now() + 5000 });
  return judge(guard, factsOf([], { event, texts }), { host: { secrets: hits }, options });
}

describe('texts', () => {
  it.each<[TextFact['where'], string]>([
    ['command', 'the command, line 2, column 3'],
    ['tool-input', 'the arguments of the tool'],
    ['patch', 'the patch'],
    ['prompt', 'the prompt'],
    ['tool-output', 'kept back'],
    ['message', 'the message'],
  ])('%s', (where, place) => {
    const found = scan([{ where, text: `one\n  ${TOKEN} two` }]);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(place);
    expect(found[0]?.level).toBe(where === 'message' ? 'warn' : undefined);
    expect(JSON.stringify(found)).not.toContain(TOKEN.slice(4));
  });

  it('says for which file of a patch, and lets the policy name test data', () => {
    const texts: TextFact[] = [{ where: 'patch', text: `t = "${TOKEN}"`, path: 'test/fixtures/a.ts' }];
    expect(scan(texts)[0]?.message).toContain('test/fixtures/a.ts');
    expect(scan(texts)[0]?.subject).toMatchObject({ path: 'test/fixtures/a.ts', rule: expect.any(String) });
    expect(scan(texts, 'PreToolUse', { fixtures: ['test/fixtures/**'] })).toEqual([]);
  });

  it('only warns of what merely looks random', () => {
    const hit = {
      rule: 'generic',
      provider: 'generic',
      tier: 'warn',
      where: 'patch',
      line: 1,
      column: 1,
    } as const;
    const secrets = [{ ...hit, length: 20, prefix: '', span: { start: 0, end: 20 } }];
    expect(outcome(guard, [], { host: { secrets } })).toBe('warn');
  });

  it('passes text without secrets', () => {
    expect(scan([{ where: 'prompt', text: 'mend the parser' }], 'UserPromptSubmit')).toEqual([]);
  });
});

describe('variables and stores', () => {
  it.each<[string, Effect, string]>([
    ['everything', env('dump', undefined, { shown: true }), 'deny'],
    ['everything, not shown', env('dump'), 'pass'],
    ['a token', env('read', 'GITHUB_TOKEN', { shown: true }), 'deny'],
    ['a token, in lower case', env('read', 'npm_config_authtoken', { shown: true }), 'deny'],
    ['a token that is only used', env('read', 'GITHUB_TOKEN'), 'pass'],
    ['a database', env('read', 'DATABASE_URL', { shown: true }), 'deny'],
    ['a limit', env('read', 'MAX_TOKENS', { shown: true }), 'pass'],
    ['a path', env('read', 'PATH', { shown: true }), 'pass'],
    ['a directory', env('read', 'OLDPWD', { shown: true }), 'pass'],
    ['a token that is set', env('set', 'GITHUB_TOKEN', { shown: true }), 'pass'],
    ['a store that is read', secret('read', 'gh'), 'deny'],
    ['a store that is written', secret('write', 'gh'), 'warn'],
    ['a store that is emptied', secret('delete', 'gh'), 'warn'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });
});

describe('what a request sends', () => {
  it.each([
    ['@.env', 'deny'],
    ['file=@config/.env.production;type=text/plain', 'deny'],
    ['.env', 'deny'],
    ['@.env.example', 'pass'],
    ['@notes.txt', 'pass'],
    ['a=1&b=2', 'pass'],
    ['{"file": ".env"} and text', 'pass'],
  ])('%s: %s', (sent, expected) => {
    expect(outcome(guard, [net('github.com', { op: 'upload', sends: [word(sent)] })])).toBe(expected);
  });

  it('takes nothing for granted about unknown words', () => {
    expect(outcome(guard, [net('github.com', { op: 'upload', sends: [unknown()] })])).toBe('pass');
  });
});
