/** Stops what would run again later, when nobody thinks of this session: start files, timers, services, git's own programs. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { candidateOf, findForbidding } from '../../kit/path-rules.ts';
import { isWrite, lastPart, printPath, subjectPath } from '../../kit/paths.ts';
import { printText, printWord } from '../../kit/words.ts';
import type { FileEffect, GitEffect, RunEffect } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** Files that something runs by itself: shells, the system, git, editors, package managers, Python. */
const START_FILES: readonly string[] = [
  '~/.bashrc',
  '~/.bash_profile',
  '~/.bash_login',
  '~/.bash_logout',
  '~/.bash_aliases',
  '~/.profile',
  '~/.zshrc',
  '~/.zshenv',
  '~/.zprofile',
  '~/.zlogin',
  '~/.zlogout',
  '~/.config/fish/**',
  '~/.inputrc',
  '~/.pam_environment',
  '~/.tmux.conf',
  '~/.vimrc',
  '~/.config/nvim/**',
  '~/.emacs*',
  '~/.gitconfig',
  '~/.config/git/**',
  '~/.ssh/authorized_keys',
  '~/.ssh/config',
  '~/.ssh/rc',
  '~/.config/autostart/**',
  '~/.config/systemd/**',
  '~/.local/share/systemd/**',
  '~/Library/LaunchAgents/**',
  '/Library/LaunchAgents/**',
  '/Library/LaunchDaemons/**',
  '~/bin/**',
  '~/.local/bin/**',
  '/usr/local/bin/**',
  '/usr/local/sbin/**',
  '/etc/cron*/**',
  '/etc/crontab',
  '/var/spool/cron/**',
  '/etc/systemd/**',
  '/lib/systemd/**',
  '/usr/lib/systemd/**',
  '/etc/init.d/**',
  '/etc/rc.local',
  '/etc/profile',
  '/etc/profile.d/**',
  '/etc/bash.bashrc',
  '/etc/zsh/**',
  '/etc/environment',
  '/etc/ld.so.preload',
  '/etc/ld.so.conf.d/**',
  '/etc/sudoers',
  '/etc/sudoers.d/**',
  '**/.git/hooks/**',
  '**/.git/config',
  '**/site-packages/*.pth',
  '**/sitecustomize.py',
  '**/usercustomize.py',
];

/** Keys of git's configuration whose value git runs, in lower case. */
const GIT_PROGRAMS =
  /^(?:alias\..*|core\.(?:hookspath|fsmonitor|sshcommand|pager|editor|askpass|gitproxy|alternaterefscommand)|pager\..*|sequence\.editor|diff\.external|(?:diff|difftool|mergetool|merge|filter|browser|man|guitool)\..*\.(?:command|cmd|driver|clean|smudge|process|textconv)|credential(?:\..*)?\.helper|gpg\.(?:.*\.)?program|init\.templatedir|include(?:if\..*)?\.path|interactive\.difffilter|remote\..*\.(?:uploadpack|receivepack|proxy|vcs)|sendemail\..*|submodule\..*\.update|uploadpack\.packobjectshook)$/;

/** Programs that only let a command go on without its terminal. */
const BACKGROUND: ReadonlySet<string> = new Set([
  'nohup',
  'setsid',
  'disown',
  'tmux',
  'screen',
  'daemonize',
  'dtach',
]);

export default defineGuard({
  id: 'persistence',
  title: 'Nothing is left behind that runs again later',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    paths: {
      type: 'globs',
      default: START_FILES,
      direction: 'prohibition',
      about: 'Files that something runs by itself.',
    },
    allow: {
      type: 'globs',
      default: [],
      direction: 'permission',
      about: 'Files that may be written although a less specific glob of `paths` means them.',
    },
    background: {
      type: 'boolean',
      default: true,
      tighter: false,
      about: 'Allow programs that go on after the step (`nohup`, `tmux`); they are noted.',
    },
  },
  examples: {
    deny: [
      'echo "alias ls=x" >> ~/.bashrc',
      'cp unit.service ~/.config/systemd/user/x.service',
      'tee ~/.zshenv < /dev/null',
      'echo "* * * * * id" | crontab -',
      'systemctl --user enable x.service',
      'printf "id\\n" > .git/hooks/post-merge',
      "git config alias.st '!id'",
      'git config --global core.pager ./x',
      'ssh-keygen -y -f k >> ~/.ssh/authorized_keys',
      'cp x ~/.local/bin/git',
      { command: 'nohup ./serve', options: { background: false } },
    ],
    pass: [
      'cat ~/.bashrc',
      'crontab -l',
      'systemctl status nginx',
      'git config user.email dev@example.com',
      'git config --get core.pager',
      'export PATH="$PWD/node_modules/.bin:$PATH"',
      'echo "add it to ~/.bashrc by hand"',
      'npm start &',
      'source ~/.bashrc',
    ],
  },
  check(facts, options, host) {
    return mergeDrafts(
      facts.effects.flatMap((effect): readonly FindingDraft[] => {
        switch (effect.kind) {
          case 'file':
            return judgeFile(effect, options.paths, options.allow, host.paths);
          case 'git':
            return judgeConfig(effect);
          case 'run':
            return judgeRun(effect, options.background);
          default:
            return [];
        }
      }),
    );
  },
});

function judgeFile(
  effect: FileEffect,
  paths: GlobSet,
  allow: GlobSet,
  directories: HostFacts['paths'],
): readonly FindingDraft[] {
  if (!isWrite(effect) || effect.op === 'delete' || effect.place !== undefined) return [];
  const match = findForbidding(candidateOf(effect.path, effect, directories), paths, [allow]);
  if (match === undefined) return [];
  const name = printPath(effect.path, effect.at, directories);
  return [
    draft(
      effect,
      `this changes ${name}, which runs by itself later`,
      'leave a script in the project, and say how to start it',
      {
        ...(effect.at ? { subject: { path: subjectPath(effect.at, directories) } } : {}),
        ...(match.possible ? { uncertain: true } : {}),
      },
    ),
  ];
}

function judgeConfig(effect: GitEffect): readonly FindingDraft[] {
  const key = effect.key?.toLowerCase();
  if (effect.op !== 'config' || key === undefined || effect.value === undefined || !GIT_PROGRAMS.test(key))
    return [];
  // An alias for one of git's own commands runs nothing else.
  if (
    key.startsWith('alias.') &&
    effect.value.text !== undefined &&
    !effect.value.text.trimStart().startsWith('!')
  )
    return [];
  return [
    draft(
      effect,
      `this makes git run ${printWord(effect.value)} by itself (${printText(key)})`,
      'run the command once, directly',
      {
        subject: { rule: key },
      },
    ),
  ];
}

function judgeRun(effect: RunEffect, background: boolean): readonly FindingDraft[] {
  if (!effect.persistent || effect.place !== undefined) return [];
  const program = printWord(effect.program);
  const goesOn = BACKGROUND.has(lastPart(effect.program.text ?? ''));
  return [
    draft(
      effect,
      `${program} ${goesOn ? 'lets a program go on after this step' : 'makes something run again later'}`,
      'run what is needed now, in this step',
      { subject: { command: program }, ...(goesOn && background ? { level: 'note' } : {}) },
    ),
  ];
}
