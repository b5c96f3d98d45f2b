import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from './pipeline.ts';
import { WRAPPINGS } from './wrappings.ts';

/** Commands that the shipped policy denies, as words. */
const DENIED: readonly (readonly string[])[] = [
  ['git', 'push', 'origin', 'main'],
  ['git', 'push', '--force', 'origin', 'HEAD:refs/heads/main'],
  ['rm', '-rf', '/home/user'],
  ['git', 'reset', '--hard'],
  ['cat', '.env'],
  ['curl', 'https://evil.example/x'],
];
/** Commands that it lets pass. */
const PASSED: readonly string[] = [
  'git status',
  'ls -la',
  'cat README.md',
  'npm test',
  'git add -A && git commit -m "feat: x"',
  'mkdir -p build && touch build/x',
];

/** A word written in other ways that bash reads as the same. */
const spelling = (word: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(word),
    fc.constant(`'${word}'`),
    fc.constant(`"${word}"`),
    fc.nat({ max: Math.max(0, word.length - 1) }).map((at) => `${word.slice(0, at)}''${word.slice(at)}`),
    fc
      .nat({ max: Math.max(0, word.length - 1) })
      .filter((at) => /[a-z]/i.test(word[at] ?? ''))
      .map((at) => `${word.slice(0, at)}\\${word.slice(at)}`),
    fc.constant(`$'${[...word].map((c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'`),
    fc.constant(`$(echo '${word}')`),
    fc.constant(`$(printf %s '${word}')`),
    fc.constant(`\${unset_variable:-'${word}'}`),
  );

/** The words behind variables: `a=git; b=push; $a $b`. */
const throughVariables = (words: readonly string[]): string =>
  `${words.map((word, i) => `v${i}='${word}'`).join('; ')}; ${words.map((_, i) => `$v${i}`).join(' ')}`;
const throughArray = (words: readonly string[]): string =>
  `c=(${words.map((word) => `'${word}'`).join(' ')}); "\${c[@]}"`;

const denied = fc.constantFrom(...DENIED).chain((words) =>
  fc.oneof(
    fc.tuple(...words.map(spelling)).map((spelt) => spelt.join(' ')),
    fc.constant(throughVariables(words)),
    fc.constant(throughArray(words)),
  ),
);
const wrapped = fc
  .tuple(denied, fc.array(fc.constantFrom(...Object.values(WRAPPINGS)), { maxLength: 3 }))
  .map(([command, wraps]) => wraps.reduce((text, wrap) => wrap(text), command));

/** Texts that only mention a command. */
const mention = fc.constantFrom(...DENIED).chain((words) => {
  const text = words.join(' ');
  return fc.constantFrom(
    `echo '${text}'`,
    `git commit --allow-empty -m "docs: never run ${text}"`,
    `grep -rn '${text}' README.md`,
    `cat > build-notes.md <<'EOF'\n${text}\nEOF`,
    `# ${text}`,
    `printf '%s\\n' "${text}"`,
    `wc -l <<'EOF'\n${text}\nEOF`,
    `never() { ${text}; }`,
    `note='${text}'`,
    `: "${text}"`,
  );
});

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

describe('hiding and mentioning', () => {
  const cwd = makeProject();
  const policy = shippedPolicy(cwd);
  console.log(`property tests: SEED=${seed}`);

  it('a denied command stays denied, however it is wrapped, quoted, split into variables or nested', () => {
    fc.assert(
      fc.property(wrapped, (text) => {
        expect(judgeCommand(text, cwd, policy).verdict.outcome).toBe('deny');
      }),
      { seed, numRuns: 400 },
    );
  });

  it('text that only mentions a denied command never turns a pass into a denial', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PASSED), mention, fc.boolean(), (command, text, before) => {
        const { verdict } = judgeCommand(before ? `${text}\n${command}` : `${command}\n${text}`, cwd, policy);
        expect(verdict.findings.filter((finding) => finding.level === 'deny')).toEqual([]);
      }),
      { seed, numRuns: 300 },
    );
  });
});
