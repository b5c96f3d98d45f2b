/** Stops what cannot be had back: files outside the workspace, uncommitted work, history, disks, databases, cloud resources. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { printText, printWord } from '../../kit/words.ts';
import type { DataEffect, Effect, GitEffect } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { brief } from './brief.ts';
import { DISPOSABLE, judgeFile } from './files.ts';
import { judgeHistory } from './history.ts';

export default defineGuard({
  id: 'data-loss',
  title: 'Nothing is destroyed that cannot be had back',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    disposable: {
      type: 'globs',
      default: DISPOSABLE,
      direction: 'permission',
      about: 'Files and directories that can be made again, so they may be deleted in other projects too.',
    },
    expendable: {
      type: 'globs',
      default: ['test', 'test_*', '*_test', 'test-*', '*-test'],
      direction: 'permission',
      about: 'Databases, namespaces, volumes and the like that may be destroyed, by name.',
    },
    overwrites: {
      type: 'boolean',
      default: false,
      tighter: true,
      about:
        'Count it as loss, too, when a redirect, `cp`, `dd` or `truncate` replaces all that a file holds.',
    },
  },
  examples: {
    deny: [
      'rm -rf ~/work',
      'rm -rf /',
      'rm -rf .',
      'rm -rf *',
      'rm -rf .git',
      'rm -rf ~/.config',
      'find / -name "*.db" -delete',
      'find . -delete',
      'chmod -R 000 .',
      'chown -R nobody /etc',
      'git reset --hard',
      'git clean -fdx',
      'git checkout -- .',
      'git restore src/a.ts',
      'git stash drop',
      'git reflog expire --expire=now --all',
      'git update-ref -d refs/heads/feature/y',
      'dd if=/dev/zero of=/dev/sda',
      'mkfs.ext4 /dev/sda1',
      'psql -c "DROP TABLE users"',
      'redis-cli FLUSHALL',
      'terraform destroy -auto-approve',
      'kubectl delete namespace shop',
      'docker volume rm shop_data',
      'restic forget --keep-last 1 --prune',
      'reboot',
      "ssh prod 'rm -rf /var/lib/data'",
      { command: '> package.json', options: { overwrites: true } },
    ],
    pass: [
      'rm -rf node_modules dist',
      'rm -rf src/old',
      'rm src/a.ts',
      'rm -rf ../sibling/node_modules',
      'rm -rf ~/.cache/pip',
      'd=$(mktemp -d) && rm -rf "$d"',
      'rm -rf /tmp/scratch',
      'rm -f *.log',
      'find . -name "*.pyc" -delete',
      'chmod -R u+rw dist',
      'git reset --soft HEAD~1',
      'git reset HEAD src/a.ts',
      'git clean -n',
      'git restore --staged src/a.ts',
      'git stash push -m wip',
      'git branch -d feature/done',
      'git worktree remove --force /tmp/base',
      'git checkout main -- src/a.ts',
      'psql -c "SELECT * FROM users"',
      'terraform plan',
      'kubectl get pods',
      'docker ps -a',
      'grep -rn "rm -rf" docs/',
      'git commit -m "drop table users"',
      'npm test > test.log',
    ],
  },
  brief,
  check(facts, options, host) {
    return mergeDrafts(
      facts.effects.flatMap((effect) => {
        if (effect.kind === 'file') return judgeFile(effect, options, host.paths);
        if (effect.kind === 'git') return isScratch(effect, facts.effects) ? [] : judgeHistory(effect);
        return effect.kind === 'data' ? judgeData(effect, options.expendable) : [];
      }),
    );
  },
});

/** A worktree below a temporary directory may go by force, as any tree there may. */
function isScratch(effect: GitEffect, effects: readonly Effect[]): boolean {
  const [tree] = effect.op === 'worktree' ? (effect.paths ?? []) : [];
  return effects.some(
    (other) =>
      other.kind === 'file' &&
      other.op === 'delete' &&
      other.path.span.start === tree?.span.start &&
      other.path.text === tree.text &&
      (other.at ?? other.below)?.zone === 'temporary',
  );
}

const LEAVE_TO_A_PERSON = 'leave this to a person: say what you would remove and why';
const MIGRATION = 'write a migration that a person reviews and runs';
const TEST_DATABASE = 'app_test';

/** What to do instead, by the start of a system's name. */
const DATA_REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:postgres|mysql|maria|sqlite|mssql|oracle|mongo|redis|cassandra|clickhouse|elastic|sql|database)/,
    MIGRATION,
  ],
  [
    /^(?:terraform|tofu|pulumi)/,
    'show what would change with `terraform plan` and leave the rest to a person',
  ],
  [/^(?:docker|podman|container)/, 'remove single containers that you started yourself, by name'],
];

function judgeData(effect: DataEffect, expendable: GlobSet): readonly FindingDraft[] {
  if (!effect.destructive) return [];
  const target = effect.target;
  if (target?.text !== undefined && !target.glob && expendable.match(target.text) !== undefined) return [];
  const where = target === undefined ? '' : ` ${printWord(target)}`;
  const usual = DATA_REMEDIES.find(([system]) => system.test(effect.system))?.[1] ?? LEAVE_TO_A_PERSON;
  const mayTest = usual === MIGRATION && expendable.match(TEST_DATABASE) !== undefined;
  const remedy = mayTest
    ? `${usual}, or work on a database made for the test, named like \`${TEST_DATABASE}\``
    : usual;
  return [
    draft(effect, `\`${printText(effect.op)}\`${where} (${effect.system}) cannot be undone`, remedy, {
      subject: { rule: effect.system, ...(target?.text === undefined ? {} : { path: target.text }) },
    }),
  ];
}
