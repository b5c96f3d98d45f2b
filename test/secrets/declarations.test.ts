import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { makeSample, seededRandom } from './samples.ts';

const random = seededRandom(65537);
const ROUNDS = 10;

const isFound = (text: string): boolean => findSecrets([{ where: 'command', text }]).hits.length > 0;
const camel = (key: string): string =>
  key.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (key: string): string => key.toLowerCase().replaceAll('_', '-');

/** Keys whose value no format gives away. */
const KEYS: readonly (readonly [key: string, template: string])[] = [
  ['DATADOG_API_KEY', '{h32}'],
  ['API_TOKEN', '{A40}'],
  ['AWS_SECRET_ACCESS_KEY', '{b40}'],
  ['DB_PASSWORD', '{A6}!{A6}9'],
];

/** Where a value is given to a name. */
const PLACES: Readonly<Record<string, (key: string, value: string) => string>> = {
  'TypeScript, typed': (key, value) => `const ${camel(key)}: string = "${value}";`,
  'TypeScript, a field': (key, value) => `  private ${camel(key)}?: string = '${value}';`,
  'Rust, a constant': (key, value) => `const ${key}: &'static str = "${value}";`,
  'Swift, optional': (key, value) => `let ${camel(key)}: String? = "${value}"`,
  'Python, typed': (key, value) => `${key.toLowerCase()}: Optional[str] = None\n${key}: str = "${value}"`,
  'a fallback in JavaScript': (key, value) => `process.env.${key} ?? '${value}'`,
  'a fallback in the shell': (key, value) => `run "\${${key}:-${value}}"`,
  'a Terraform variable': (key, value) => `variable "${key.toLowerCase()}" {\n  default = "${value}"\n}`,
  'a Terraform variable with a type': (key, value) =>
    `variable "${key.toLowerCase()}" {\n  description = "of the service"\n  type = string\n\n  default   = "${value}"\n}`,
  Dockerfile: (key, value) => `ENV ${key} ${value}`,
  setx: (key, value) => `setx ${key} "${value}"`,
  fish: (key, value) => `set -gx ${key} ${value}`,
  'gh secret': (key, value) => `gh secret set ${key} --body "${value}"`,
  'npm config': (key, value) => `npm config set ${kebab(key)} ${value}`,
  'git config': (key, value) => `git config --global service.${kebab(key)} ${value}`,
  option: (key, value) => `tool --${kebab(key)} ${value} run`,
  element: (key, value) => `<${camel(key)}>${value}</${camel(key)}>`,
  'emphasis in Markdown': (key, value) => `**${key}**: \`${value}\``,
};

describe('a value that is given to a name', () => {
  it.each(Object.entries(PLACES))('%s', (_name, place) => {
    for (const [key, template] of KEYS) {
      const values = Array.from({ length: ROUNDS }, () => makeSample(template, random));
      expect(values.filter((value) => !isFound(place(key, value))).length, key).toBeLessThanOrEqual(1);
    }
  });

  it('a row of a table', () => {
    expect(isFound(`| API_TOKEN | ${makeSample('{A40}', random)} |`)).toBe(true);
  });

  it('a password ends where the braces of the shell do', () => {
    const value = makeSample('{A6}!{A6}9', random);
    const text = `run "\${DB_PASSWORD:-${value}}"`;
    const [hit] = findSecrets([{ where: 'command', text }]).hits;
    expect(text.slice(hit?.span.start, hit?.span.end)).toBe(value);
  });

  it.each([
    ['a type without a value', 'const apiToken: string = "";'],
    ['a value that comes from elsewhere', 'const apiToken: string = "$API_TOKEN_2";'],
    ['a stand-in', `api_token: str = "${'x'.repeat(32)}"`],
    ['a variable without a default', 'variable "api_token" {\n  type = string\n  sensitive = true\n}'],
    ['a name of another variable', 'ENV API_TOKEN_FILE /run/secrets/api-token-2'],
    ['a list of words', 'gh secret set API_TOKEN --repo owner/project2'],
    ['a row of names', '| api_token | the-token-of-version-2 |'],
    ['a pipe', 'print_token | base64 -d | sha256sum'],
    ['a regular expression', '(?:token|secret|password)=[A-Za-z0-9]{32}'],
  ])('not %s', (_name, text) => {
    expect(isFound(text)).toBe(false);
  });
});
