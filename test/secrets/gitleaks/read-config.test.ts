import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../lib/secrets/find-secrets.ts';
import { type GitleaksConfig, readGitleaksConfig } from '../../../lib/secrets/gitleaks/read-config.ts';
import { makeSample, seededRandom } from '../samples.ts';

const read = (text: string, files: Readonly<Record<string, string>> = {}): GitleaksConfig =>
  readGitleaksConfig({ text, path: '.gitleaks.toml', parseToml: parse, readFile: (path) => files[path] });

const find = (config: GitleaksConfig, text: string, path = 'src/a.ts'): readonly string[] =>
  findSecrets([{ where: 'patch', text, path }], { rules: config.rules }).hits.map(({ rule }) => rule);

const random = seededRandom(51);
const token = makeSample('ghp_{A36}', random);
const other = makeSample('ghp_{A36}', random);

const OWN = `
[[rules]]
id = "acme"
regex = '''acme-([a-z0-9]{12})-(x|y)'''
keywords = ["ACME-"]
`;

describe('rules', () => {
  it('find what their expression says', () => {
    const config = read(OWN);
    expect(config.problems).toEqual([]);
    const { hits } = findSecrets([{ where: 'patch', text: 'id = acme-a1b2c3d4e5f6-x;' }], {
      rules: config.rules,
    });
    expect(hits).toMatchObject([{ rule: 'acme', tier: 'deny', span: { start: 10, end: 22 } }]);
  });

  it('take the group that they name', () => {
    const { rules } = read(`${OWN}secretGroup = 2\n`);
    expect(findSecrets([{ where: 'patch', text: 'acme-a1b2c3d4e5f6-x' }], { rules }).hits[0]?.length).toBe(1);
  });

  it('ask for entropy', () => {
    const config = read(`${OWN}entropy = 3.2\n`);
    expect(find(config, 'acme-aaaaaaaaaaaa-x')).toEqual([]);
    expect(find(config, 'acme-a1b2c3d4e5f6-x')).toEqual(['acme']);
  });

  it('ask for a path', () => {
    const config = read(`${OWN}path = '''\\.env$'''\n`);
    expect(find(config, 'acme-a1b2c3d4e5f6-x')).toEqual([]);
    expect(find(config, 'acme-a1b2c3d4e5f6-x', 'deploy/.env')).toEqual(['acme']);
  });

  it('can be about a path alone', () => {
    const config = read(`[[rules]]\nid = "p12"\npath = '''\\.p12$'''\n`);
    expect(find(config, 'anything', 'a/cert.p12')).toEqual(['p12']);
    expect(find(config, 'anything', 'a/cert.pem')).toEqual([]);
  });

  it('see their keyword in any case, and are not run without it', () => {
    expect(find(read(OWN), 'ACME- acme-a1b2c3d4e5f6-x')).toEqual(['acme']);
    expect(find(read(OWN.replace('ACME-', 'nowhere')), 'acme-a1b2c3d4e5f6-x')).toEqual([]);
  });

  it('find across the border of two slices', () => {
    for (const shift of [0, 7, 15])
      expect(find(read(OWN), `${'x '.repeat(6140 + shift)}acme-a1b2c3d4e5f6-x ${'y '.repeat(9000)}`)).toEqual(
        ['acme'],
      );
  });

  it('stand in for the own rule of the same name', () => {
    const config = read(`[[rules]]\nid = "github-pat"\nregex = '''never-[0-9]{9}'''\n`);
    expect(find(config, token)).toEqual([]);
    expect(find(config, 'never-123456789')).toEqual(['github-pat']);
  });

  it.each([
    [`[[rules]]\nid = "bad"\nregex = '''(a+)+b'''\n`, 'nests a repeat'],
    [`[[rules]]\nid = "bad"\nregex = '''(?=a)b'''\n`, 'cannot be read'],
    [`[[rules]]\nregex = '''a'''\n`, 'without id'],
    [`[extend]\nurl = "https://acme.example/x.toml"\n`, 'not followed'],
    [`[extend]\npath = "missing.toml"\n`, 'was not read'],
    [`[allowlist]\nregexes = ['''(a*)*''']\n`, 'allows nothing'],
    ['[[rules', 'cannot be read'],
  ])('%j is reported', (text, problem) => {
    const config = read(text);
    expect(config.problems).toHaveLength(1);
    expect(config.problems[0]).toMatch(/^\.gitleaks\.toml: /);
    expect(config.problems[0]).toContain(problem);
    expect(find(config, token)).toEqual(['github-pat']);
  });

  it('never print the expression or a secret in a problem', () => {
    const { problems } = read(`[[rules]]\nid = "bad"\nregex = '''(${token}+)+'''\n`);
    expect(problems.join('\n')).not.toContain(token.slice(0, 12));
  });
});

describe('extend', () => {
  it('keeps the own tables, with or without useDefault', () => {
    expect(find(read('[extend]\nuseDefault = true\n'), token)).toEqual(['github-pat']);
    expect(find(read(OWN), token)).toEqual(['github-pat']);
  });

  it('disables rules', () => {
    const config = read('[extend]\nuseDefault = true\ndisabledRules = ["github-pat"]\n');
    expect(find(config, token)).toEqual([]);
    expect(find(read(`[extend]\ndisabledRules = ["acme"]\n${OWN}`), 'acme-a1b2c3d4e5f6-x')).toEqual([]);
  });

  it('reads another configuration first and overrides it', () => {
    const config = read(`[extend]\npath = "base.toml"\n[[rules]]\nid = "acme"\nentropy = 9.0\n`, {
      'base.toml': OWN,
    });
    expect(config.problems).toEqual([]);
    expect(find(config, 'acme-a1b2c3d4e5f6-x')).toEqual([]);
    expect(find(read('[extend]\npath = "base.toml"\n', { 'base.toml': OWN }), 'acme-a1b2c3d4e5f6-x')).toEqual(
      ['acme'],
    );
  });

  it('ends', () => {
    const loop = '[extend]\npath = "loop.toml"\n';
    expect(read(loop, { 'loop.toml': loop }).problems).toHaveLength(1);
  });
});

describe('allow lists', () => {
  const line = `const a = "${token}"; // fixture`;
  it.each<readonly [name: string, list: string, allowed: boolean]>([
    ['a regex on the secret', `regexes = ['''^ghp_''']`, true],
    ['a regex that does not match', `regexes = ['''^gho_''']`, false],
    ['a regex on the line', `regexTarget = "line"\nregexes = ['''// fixture''']`, true],
    ['the same regex on the secret', `regexes = ['''// fixture''']`, false],
    ['a regex on the match', `regexTarget = "match"\nregexes = ['''^ghp_''']`, true],
    ['a path', `paths = ['''^src/''']`, true],
    ['another path', `paths = ['''^test/''']`, false],
    ['a stop word', `stopwords = ["${token.slice(5, 12).toUpperCase()}"]`, true],
    ['another stop word', 'stopwords = ["nowhere"]', false],
    ['one of two', `paths = ['''^test/''']\nregexes = ['''^ghp_''']`, true],
    ['both of two', `condition = "AND"\npaths = ['''^test/''']\nregexes = ['''^ghp_''']`, false],
    ['both of two that hold', `condition = "AND"\npaths = ['''^src/''']\nregexes = ['''^ghp_''']`, true],
    ['a commit', 'commits = ["abc"]', false],
    ['a commit and a path', `condition = "AND"\ncommits = ["abc"]\npaths = ['''^src/''']`, false],
    ['a commit or a path', `commits = ["abc"]\npaths = ['''^src/''']`, true],
    ['the rule', `targetRules = ["github-pat"]\npaths = ['''^src/''']`, true],
    ['another rule', `targetRules = ["gitlab-pat"]\npaths = ['''^src/''']`, false],
    ['nothing', 'description = "x"', false],
  ])('%s', (_name, list, allowed) => {
    const expected = allowed ? [] : ['github-pat'];
    expect(find(read(`[[allowlists]]\n${list}\n`), line)).toEqual(expected);
    expect(find(read(`[allowlist]\n${list}\n`), line)).toEqual(expected);
    if (!list.includes('targetRules'))
      expect(find(read(`[[rules]]\nid = "github-pat"\n[[rules.allowlists]]\n${list}\n`), line)).toEqual(
        expected,
      );
  });

  it('of a rule hold for that rule only', () => {
    const config = read(`[[rules]]\nid = "gitlab-pat"\n[rules.allowlist]\npaths = ['''.''']\n`);
    expect(find(config, `${token} ${makeSample('glpat-{s20}', random)}`)).toEqual(['github-pat']);
  });

  it('hold for own rules too', () => {
    const config = read(`${OWN}[[rules.allowlists]]\nstopwords = ["a1b2"]\n`);
    expect(find(config, 'acme-a1b2c3d4e5f6-x acme-z1b2c3d4e5f6-y')).toEqual(['acme']);
  });

  it('allow one finding and not its neighbour', () => {
    expect(find(read(`[allowlist]\nregexes = ['''${token}''']\n`), `${token} ${other}`)).toEqual([
      'github-pat',
    ]);
  });
});

describe('time', () => {
  it('is watched between rules and slices', () => {
    const { rules } = read(OWN);
    const text = 'acme-a1b2c3d4e5f6-x '.repeat(10);
    expect(findSecrets([{ where: 'patch', text }], { rules, deadline: performance.now() - 1 }).complete).toBe(
      false,
    );
  });

  it.each(['[a-z]+x', '.*x.*y', '.*x.*y.*z', '(?:[a-z]{1,20}-)+x'])(
    '%s ends soon on a hostile text',
    (regex) => {
      const { rules, problems } = read(`[[rules]]\nid = "slow"\nregex = '''${regex}'''\n`);
      if (problems.length > 0) return;
      const begin = performance.now();
      findSecrets([{ where: 'patch', text: 'axay'.repeat(5000) }], { rules, deadline: begin + 200 });
      expect(performance.now() - begin).toBeLessThan(5000);
    },
  );
});
