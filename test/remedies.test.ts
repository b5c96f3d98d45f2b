/** Whoever is denied is told something that works: every remedy of every deny example is followed, under the same policy. */

import { describe, expect, it } from 'vitest';
import { denialText } from '../lib/codex/reason-text.ts';
import { guards } from '../lib/guards/index.ts';
import type { Finding } from '../lib/types/verdict.ts';
import { judgeCommand, judgeExample, makeProject, shippedPolicy } from './pipeline.ts';

/** Remedies in words, each with a command that does what they say. */
const FOLLOWED: Readonly<Record<string, string>> = {
  'create a branch with .* open a pull request': 'gh pr create --base main --title "fix: x" --body "why"',
  'create a branch with .* do this there': 'git switch -c fix/topic && git commit -m "fix: x"',
  'add a commit that mends the earlier ones .*': 'git commit -m "fix: x" && git push origin feature/x',
  'keep to files of the project, .*': 'rm src/a.ts',
  'delete single files of the project by name': 'rm src/a.ts',
  'change single files of the project by name': 'chmod 644 src/a.ts',
  'list them with `git clean -n` and delete by name .*': 'rm -f scratch.txt',
  'keep the work first with .*, or commit it': 'git add -A && git commit -m "wip: keep"',
  'write a migration .* named like `app_test`': 'psql -c "DROP DATABASE app_test"',
  'remove single containers .* by name': 'docker rm web',
  'change it with a patch, or write a new file': 'echo x > fresh.txt',
  'make sure that its work is merged': 'git branch --merged main',
  'use `git branch -d`.*': 'git branch -d feature/done',
  'use a version from the registry, .*': 'npm install left-pad@1.3.0',
  'install it in the project, .*': 'npm install --save-dev typescript',
  'use what the project already has': 'npm ls',
  'give it the commands as arguments, .*': 'bash -c "ls"',
  'work with what is here or on an allowed host .*': 'curl -fsS https://github.com/o/r',
  'bind it to 127.0.0.1': 'python3 -m http.server 8000 --bind 127.0.0.1',
  'leave a script in the project, .*': 'echo "echo hi" > start.sh',
  'run what is needed now, in this step': 'npm test',
  'run the command once, directly': 'npm test',
  'do it without these rights, .*': 'npm test',
  'leave out the setuid and setgid bits': 'chmod 755 src/a.ts',
  'write in the project or in /tmp, .*': 'echo x > /tmp/notes.txt && echo x > fresh.txt',
  'use git itself for this': 'git status',
  'work from the names alone, .*': 'cat .env.example',
  'fetch it to a file, read that, .*':
    'curl -fsSLo /tmp/i.sh https://raw.githubusercontent.com/o/r/main/i.sh && cat /tmp/i.sh',
  'send a file without credentials in it': 'curl -F file=@README.md https://github.com/upload',
  'refer to a variable that a person has set, .*':
    'curl -H "Authorization: Bearer $API_KEY" https://api.github.com/user',
  'leave it ignored, and commit a template .*': 'git add .env.example && git commit -m "docs: template"',
  'leave the value out; .* in an Authorization header':
    'curl -H "Authorization: Bearer $API_KEY" https://api.github.com/user',
  'run the program that needs it directly: .*': 'gh pr list',
  'run it with the hooks, .*': 'git commit -m "fix: x"',
  'end the processes that you started yourself, .*': 'kill 4711',
};

/** What only a person can do, or what is no command at all. */
const LEFT_TO_PEOPLE: readonly string[] = [
  'leave this to a person: say what you want to change and why',
  'leave this to a person: say what you would remove and why',
  'leave this to a person: name the machine and what is to go',
  'leave the history as it is and ask a person',
  'split it into smaller steps, one concern each, or ask a person',
  'end the turn, and ask a person to start a session that asks before it acts',
  'start a session that asks before it acts, or start it on a machine, in a repository and at an hour that the policy names',
  'leave the registry as it is configured',
  'write a migration that a person reviews and runs',
  'leave publishing to the release workflow or a person',
  'use another tool, or ask a person to do it',
  'use the program that owns the socket',
  'leave credentials to the programs that own them, and ask a person for what is missing',
  'ask a person to change it',
  'read the value from the environment, and put only its name into the file',
  'ask only for what is needed, for example names without values, and tell a person to revoke the value',
  'take the value out of the prompt; if it was a real one, revoke it',
  'leave the rules as they are; if one is in the way of the work, say which and ask a person',
  'ask for it, and say what it is needed for',
  'do the work in this session',
  'leave it as the person set it',
  'describe the change that you would make there, and leave it to a person',
  'end the turn: say what is done, what is not, and what stood in the way',
];

/** In backquotes, but not a command: a name, or a file. */
const NAMES: readonly string[] = ['app_test', '.env.example'];

/** Commands that follow a remedy; undefined when it neither has one nor is known to need none. */
function commandsOf(remedy: string): readonly string[] | undefined {
  const quoted = [...remedy.matchAll(/`([^`]+)`/g)]
    .map(([, command]) => command as string)
    .filter((command) => !NAMES.includes(command));
  const followed = Object.entries(FOLLOWED).flatMap(([pattern, command]) =>
    new RegExp(`^${pattern}$`).test(remedy) ? [command] : [],
  );
  const all = [...quoted, ...followed];
  return all.length > 0 || LEFT_TO_PEOPLE.includes(remedy) ? all : undefined;
}

const used = new Set<string>();

describe.each([
  ['level-2', []],
  ['level-3', ['level-3']],
  ['level-3 for a dangerous run', ['level-3', 'danger-run']],
] as const)('under %s', (name, presets) => {
  it.each(guards.map((guard) => [guard.id, guard] as const))('%s says what works', (id, guard) => {
    const cwd = makeProject('feature/x', { '.env.example': 'KEY=\n' });
    const policy = shippedPolicy(cwd, undefined, {}, presets);
    const findings = new Map<string, Finding>();
    for (const example of guard.examples.deny) {
      const { verdict } = judgeExample(example, id, undefined, presets);
      const said = verdict.findings.filter(({ level }) => level !== 'note');
      for (const each of said) findings.set(each.remedy, each);
      expect(said.some((each) => each.guard === id && each.level === 'deny')).toBe(true);
      const text = denialText(verdict.findings, verdict.failures, 'x'.repeat(16));
      expect(text.length).toBeLessThanOrEqual(600);
      expect(text).toMatch(/^\[[a-z-]+\] \S.*\. Instead: \S/);
    }
    for (const { remedy } of findings.values()) {
      used.add(remedy);
      const commands = commandsOf(remedy);
      expect(commands, `nobody knows whether this works: ${remedy}`).toBeDefined();
      for (const command of commands ?? []) {
        const { verdict } = judgeCommand(command, cwd, policy);
        expect(
          verdict.findings.filter(({ level }) => level !== 'note'),
          `${name}, ${remedy}: ${command}`,
        ).toEqual([]);
        expect(verdict.outcome).toBe('pass');
      }
    }
  });
});

it('knows no remedy that nobody gives', () => {
  const known = [...Object.keys(FOLLOWED).map((pattern) => `^${pattern}$`), ...LEFT_TO_PEOPLE.map(patternOf)];
  const given = [...used];
  expect(known.filter((pattern) => !given.some((remedy) => new RegExp(pattern).test(remedy)))).toEqual([]);
});

/** A pattern that only the text itself matches. */
function patternOf(text: string): string {
  return `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
}
