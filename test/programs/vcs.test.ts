import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** Verdict and guards of a command, `pass` alone when nothing is said. */
function judge(command: string, branch = 'feature/x', files: Readonly<Record<string, string>> = {}): string {
  const cwd = makeProject(branch, files);
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
  return [verdict.outcome, ...new Set(ids)].join(' ');
}

const TO_MAIN = 'deny branch-protection';
const PERHAPS_TO_MAIN = 'warn branch-protection';
const LOSES = 'deny data-loss';

describe('version control beside git', () => {
  it.each<[string, string]>([
    // jj
    ['jj git push -b main', TO_MAIN],
    ['jj git push --bookmark exact:main', TO_MAIN],
    ['jj git push --named main=@', TO_MAIN],
    ['jj git push --all', TO_MAIN],
    ['jj git push --tracked', TO_MAIN],
    ['jj git push --deleted', PERHAPS_TO_MAIN],
    ['jj bookmark set main -r @ && jj git push', TO_MAIN],
    ['jj b m main --to @', TO_MAIN],
    ['jj bookmark delete main', TO_MAIN],
    ['jj abandon', 'warn data-loss'],
    ['jj op restore abc', 'warn data-loss'],
    ['jj op abandon ..@-', LOSES],
    ['jj git push -c @', 'pass'],
    ['jj git push --remote origin -b feature/x', 'pass'],
    ['jj git push --dry-run -b main', 'pass'],
    ['jj bookmark create feature/y', 'pass'],
    ['jj describe -m "push main" && jj new && jj git fetch', 'pass'],
    // Sapling and Mercurial
    ['sl push --to main', TO_MAIN],
    ['sl push --to feature/x', 'pass'],
    ['sl land', TO_MAIN],
    ['sl commit -m x && sl status', 'pass'],
    ['sl goto -C main', LOSES],
    ['hg push', PERHAPS_TO_MAIN],
    ['hg push -f', TO_MAIN],
    ['hg push -B feature/x', 'pass'],
    ['hg strip abc', LOSES],
    ['hg update -C', LOSES],
    ['hg purge --all', LOSES],
    ["hg --config alias.x='!git push origin main' x", TO_MAIN],
    ['hg commit -m x && hg log', 'pass'],
    // Servers
    ['svn commit -m x', PERHAPS_TO_MAIN],
    ['svn copy ^/trunk ^/branches/x -m x', 'pass'],
    ['svn move ^/branches/x ^/trunk/x -m x', TO_MAIN],
    ['svn revert -R .', LOSES],
    ['svn up && svn status && svn diff', 'pass'],
    ['p4 submit -d x', PERHAPS_TO_MAIN],
    ['p4 revert //...', LOSES],
    ['p4 edit a.c', 'pass'],
    ['fossil commit -m x', PERHAPS_TO_MAIN],
    // Stacks and flows
    ['gt merge', TO_MAIN],
    ['gt submit --no-interactive', 'pass'],
    ['gt create -m x', 'pass'],
    ['git town ship', TO_MAIN],
    ['git town sync', 'pass'],
    ['git flow release finish 1.2', TO_MAIN],
    ['git flow feature start x', 'pass'],
    ['git cl land', TO_MAIN],
    ['git cl upload', 'pass'],
    ['git delete-branch main', 'deny branch-protection data-loss'],
    ['git rename-branch main x', 'deny branch-protection data-loss'],
    ['git submit', 'pass'],
    ['git undo --hard', LOSES],
    // Helpers of git itself
    ['git svn dcommit', PERHAPS_TO_MAIN],
    ['git svn dcommit --dry-run', 'pass'],
    ['git p4 submit', PERHAPS_TO_MAIN],
    ['git p4 sync', 'pass'],
    [
      "printf 'push HEAD:refs/heads/main\\n\\n' | git remote-https origin https://github.com/o/r.git",
      TO_MAIN,
    ],
    ["printf 'list\\n\\n' | git remote-https origin https://github.com/o/r.git", 'pass'],
    // Many repositories, releases, sites
    ["repo forall -c 'git push origin main'", TO_MAIN],
    ['gita super push origin main', TO_MAIN],
    ['gita ls && repo status', 'pass'],
    ['gh-pages -d dist -b main', TO_MAIN],
    ['npx gh-pages -d dist', 'pass'],
    ['mkdocs gh-deploy', 'pass'],
    ['mkdocs gh-deploy -b main', TO_MAIN],
    ['release-it --ci', 'pass'],
    // Data, forges, screens
    ['dvc gc -w -f', LOSES],
    ['git annex drop --force x', LOSES],
    ['dvc status', 'pass'],
    ['fj pr merge 3', TO_MAIN],
    ['lab mr list', 'pass'],
    ['lazygit', 'deny interactive-session'],
    ['tig', 'deny interactive-session'],
    ['tig --version', 'pass'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command)).toBe(expected);
  });

  it.each<[string, string]>([
    ['gt submit', TO_MAIN],
    ['git town sync', TO_MAIN],
    ['git town hack fix/x && git commit -m x', 'pass'],
    ['gt create -m x', 'pass'],
    ['gt modify -a', TO_MAIN],
    ['release-it --ci', TO_MAIN],
    ['semantic-release --dry-run', 'pass'],
    ['cz bump', TO_MAIN],
    ['bump2version --commit patch', TO_MAIN],
    ['bump2version patch', 'pass'],
    ['git undo', TO_MAIN],
  ])('on main %s: %s', (command, expected) => {
    expect(judge(command, 'main')).toBe(expected);
  });

  it('knows the stores that dvc sends to', () => {
    const files = { '.dvc/config': '[core]\n    remote = s\n[\'remote "s"\']\n    url = s3://bucket/x\n' };
    expect(judge('dvc push', 'feature/x', files)).toBe('deny network-allowlist');
    expect(judge('dvc push')).toBe('pass');
  });

  it.each<[string, string]>([
    ['az repos pr update --id 3 --status completed', 'api-merge'],
    ['az repos ref update --name heads/main --object-id a', 'api-update-ref'],
    ['aws codecommit put-file --branch-name main --file-content x', 'api-update-ref'],
    ['aws codecommit merge-pull-request-by-squash --pull-request-id 3', 'api-merge'],
    ['aws codecommit get-branch --branch-name main', ''],
    ['az repos pr update --id 3 --title x', ''],
  ])('%s: %s', (command, op) => {
    const { effects } = judgeCommand(command).facts;
    expect(effects.flatMap((effect) => (effect.kind === 'git' ? effect.op : [])).join(' ')).toBe(op);
  });
});
