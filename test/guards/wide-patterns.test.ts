/** Words with wide wildcards, as loops over a project's files have them: what of the guard and of people's areas they mean. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

describe('wide wildcards', () => {
  const cwd = makeProject();
  const judge = (command: string) => {
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
    return [...new Set(ids)].sort();
  };

  it.each([
    'ruby -e \'Dir.glob("app/**/*.rb").each { |f| File.write(f, File.read(f).upcase) }\'',
    "python3 -c \"import glob; [open(f, 'w') for f in glob.glob('packages/**/*.json', recursive=True)]\"",
    'sed -i s/a/b/ *.json',
    'sed -i s/a/b/ **/*.md',
    'rm -f packages/**/*.tsbuildinfo packages/**/*.js.map',
    'rm -rf **/dist **/.turbo',
    "git diff --exit-code -- '**/generated/**'",
    "git log --oneline -- '**/caches/**' '**/keys/**'",
  ])('%s passes', (command) => expect(judge(command)).toEqual([]));

  it.each([
    ['sed -i s/a/b/ node_modules/**/*.js', 'self-protection'],
    ['sed -i s/a/b/ node_modules/*-guard/*.js', 'self-protection'],
    ['sed -i s/a/b/ **/codex-guard/**/*.js', 'self-protection'],
    ['ruby -e \'Dir.glob(".codex/**/*.json").each { |f| File.write(f, "") }\'', 'self-protection'],
    ['rm -f **/.codex/*.json', 'self-protection'],
    ['rm -f .c*/*.json', 'self-protection'],
    ['rm -f *.lock.json', 'self-protection'],
    ['rm -f guard*', 'self-protection'],
    ['sed -i s/a/b/ infra/**/*.tf', 'sensitive-areas'],
    ['sed -i s/a/b/ .github/**/*.yml', 'sensitive-areas'],
    ['cat **/.env', 'protected-paths'],
    ['cat ~/**/id_rsa', 'protected-paths'],
    ['cd ~ && cat **/Keychains/**', 'protected-paths'],
    ['cd "$SOMEWHERE" && cat **/Keychains/**', 'protected-paths'],
  ])('%s is seen by %s', (command, guard) => expect(judge(command)).toContain(guard));
});
