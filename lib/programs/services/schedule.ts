/** Programs that make something start again later or go on running: cron, at, services, terminal multiplexers. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, textOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { opaque, run, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { data, findVerb, joinBlank } from '../verbs.ts';

const MAX_JOBS = 200;

/** Commands of a table of jobs: five fields or `@daily`, then shell text up to a `%`. */
function jobsOf(table: string, near: Word): readonly Nested[] {
  return table
    .split('\n')
    .slice(0, MAX_JOBS)
    .flatMap((line): readonly Nested[] => {
      const code = /^\s*(?:@\w+|(?:[\d*,/a-zA-Z-]+\s+){4}[\d*,/a-zA-Z-]+)\s+(.+)$/.exec(line)?.[1];
      if (code === undefined || line.trimStart().startsWith('#')) return [];
      return [
        { kind: 'code', lang: 'sh', code: wordAt(code.split(/(?<!\\)%/)[0] as string, near), via: 'crontab' },
      ];
    });
}

function readCrontab(call: Call): Outcome {
  const parsed = readOptions(call.args, 'u= c= s l r e i n T= x=');
  const near = programWord(call);
  if (parsed.has('l', 'T', 'V')) return NOTHING;
  if (parsed.has('r')) return { effects: [data(near, 'cron', 'crontab -r', true)] };
  if (parsed.has('e')) return { effects: [run(near, { interactive: true, persistent: true })] };
  const path = parsed.operands[0] ?? wordAt('-', near);
  const text = textOf(call, path);
  const effects: Effect[] = [run(near, { persistent: true }), ...readsOf([path])];
  if (text === undefined && path.text === '-')
    effects.push(opaque(near, 'the table of jobs is known only when it runs'));
  return { effects, runs: text === undefined ? [] : jobsOf(text, near) };
}

function readAt(call: Call): Outcome {
  const parsed = readOptions(call.args, 'f= t= q= l r d c v m M b');
  const near = programWord(call);
  if (parsed.has('l', 'c', 'V') || call.name === 'atq') return NOTHING;
  if (parsed.has('r', 'd') || call.name === 'atrm')
    return { effects: [data(near, 'at', 'remove', false, parsed.operands[0])] };
  const stdin = call.invocation.stdin;
  const path = parsed.value('f');
  const runs: Nested[] = path
    ? [{ kind: 'file', lang: 'sh', path, via: call.name }]
    : stdin !== undefined && stdin !== 'pipe'
      ? [{ kind: 'code', lang: 'sh', code: stdin, via: call.name }]
      : [];
  const isUnseen = runs.length === 0 && stdin === 'pipe';
  return {
    effects: [
      run(near, { persistent: true }),
      ...(isUnseen ? [opaque(near, 'what runs later is known only when it runs')] : []),
    ],
    runs,
  };
}

/** Commands of service managers that make something run now and later, and those that stop it. */
const STARTS =
  /^(?:start|restart|reload-or-restart|try-restart|enable|reenable|link|edit|set-default|isolate|add-wants|add-requires|load|bootstrap|kickstart|submit|create|config|add|enable-linger|startup|save|defaults|on|\/create)$/i;
const STOPS =
  /^(?:stop|disable|mask|kill|unload|bootout|remove|delete|del|revert|poweroff|reboot|halt|rescue|emergency|kexec|suspend|hibernate|set-property|unmask)$/;

/** Their first word is the service. */
const SERVICE_FIRST: ReadonlySet<string> = new Set(['service', 'rc-service', 'chkconfig', 'update-rc.d']);

function readService(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'H= host= M= machine= t= type= p= property= n= lines= o= output= s= signal= state= root= now user system',
  );
  const near = programWord(call);
  const [first, second] = parsed.operands.map((word) => word.text ?? '');
  const verb = SERVICE_FIRST.has(call.name) ? second : first;
  if (STARTS.test(verb ?? '')) return { effects: [run(near, { persistent: true })] };
  if (STOPS.test(verb ?? ''))
    return {
      effects: [
        data(
          near,
          'services',
          `${call.name} ${verb}`,
          false,
          parsed.operands.find((word) => word.text !== verb),
        ),
      ],
    };
  return NOTHING;
}

/** `systemd-run` starts what its words say; the shell room follows them. */
function readLater(call: Call): Outcome {
  return { effects: [run(programWord(call), { persistent: true })] };
}

const TMUX = 'L= S= f= c= T= s= t= n= x= y= F= e= d D A P h v b k p l= R';

/** tmux, screen: shell text that starts in a window, keys typed into one. */
function readTmux(call: Call): Outcome {
  const near = programWord(call);
  const top = findVerb(call.args, 'L= S= f= c= T= 2 u v C');
  const code = top.before.value('c');
  if (code) return { effects: [], runs: [{ kind: 'code', lang: 'sh', code, via: 'tmux -c' }] };
  const verb = top.name;
  const parsed = readOptions(top.rest, TMUX, { stopAtOperand: true });
  const via = `tmux ${verb}`;
  const text = (words: readonly Word[]): readonly Nested[] =>
    words.length === 0
      ? []
      : [
          {
            kind: 'code',
            lang: 'sh',
            code: words.length === 1 ? (words[0] as Word) : joinBlank(words, near),
            via,
          },
        ];
  if (
    /^(?:new|new-session|new-window|neww|split-window|splitw|respawn-pane|respawnp|respawn-window|respawnw|display-popup|popup)$/.test(
      verb,
    )
  ) {
    const isOpen = parsed.operands.length === 0 && /^new(?:-session)?$/.test(verb) && !parsed.has('d');
    return {
      effects: [run(near, { persistent: true, ...(isOpen ? { interactive: true } : {}) })],
      runs: text(parsed.operands),
    };
  }
  if (/^(?:run-shell|run|if-shell|if|pipe-pane|pipep)$/.test(verb))
    return { effects: [], runs: text(parsed.operands.slice(0, 1)) };
  if (verb === 'send-keys' || verb === 'send') {
    const keys = parsed.operands.filter(
      (word) =>
        !/^(?:Enter|C-[a-z]|Escape|Space|Tab|BSpace|Up|Down|Left|Right|KPEnter|C-m)$/.test(word.text ?? ''),
    );
    return { effects: [run(near, { persistent: true })], runs: text(keys) };
  }
  if (/^(?:attach|attach-session|a|at)$/.test(verb) || verb === '')
    return { effects: [run(near, { interactive: true })] };
  if (/^(?:set-hook|bind-key|bind|set-option|set|source-file|source)$/.test(verb))
    return { effects: [run(near, { persistent: true })], runs: [] };
  return NOTHING;
}

function readScreen(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(call.args, 'S= c= e= h= p= s= t= T= X? d m D R r x ls list L wipe', {
    stopAtOperand: true,
  });
  if (
    parsed.has('l', 'list', 'wipe') ||
    call.args.some((word) => word.text === '-ls' || word.text === '-list')
  )
    return NOTHING;
  if (parsed.has('X')) {
    const typed = parsed.operands[0]?.text === 'stuff' ? parsed.operands[1] : undefined;
    return {
      effects: [run(near, { persistent: true })],
      runs: typed ? [{ kind: 'code', lang: 'sh', code: typed, via: 'screen stuff' }] : [],
    };
  }
  const argv = parsed.operands;
  return {
    effects: [
      run(near, {
        persistent: true,
        ...(parsed.has('d', 'm') || argv.length > 0 ? {} : { interactive: true }),
      }),
    ],
    runs: argv.length > 0 ? [{ kind: 'argv', argv, via: 'screen' }] : [],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['crontab', 'incrontab'],
    about: 'crontab: jobs that run again and again',
    read: readCrontab,
    examples: [
      {
        command: "echo '* * * * * rm -rf build' | crontab -",
        effects: [
          { kind: 'run', persistent: true },
          { kind: 'file', op: 'delete', path: 'build' },
        ],
      },
      { command: 'crontab -r', effects: [{ kind: 'data', destructive: true }] },
      { command: 'crontab -l', effects: [] },
    ],
  }),
  definePage({
    names: ['at', 'batch', 'atq', 'atrm'],
    about: 'at: jobs that run once, later',
    read: readAt,
    examples: [
      {
        command: 'echo "rm -rf build" | at now',
        effects: [
          { kind: 'run', persistent: true },
          { kind: 'file', op: 'delete', path: 'build' },
        ],
      },
      { command: 'batch < jobs.sh', effects: [{ kind: 'run', persistent: true }] },
      { command: 'atq', effects: [] },
    ],
  }),
  definePage({
    names: [
      'systemctl',
      'service',
      'launchctl',
      'rc-service',
      'rc-update',
      'chkconfig',
      'update-rc.d',
      'initctl',
      'sc',
      'sv',
      'supervisorctl',
      'pm2',
      'loginctl',
      'schtasks',
    ],
    about: 'services: started, enabled, stopped',
    read: readService,
    examples: [
      { command: 'systemctl --user enable --now x.service', effects: [{ kind: 'run', persistent: true }] },
      {
        command: 'systemctl stop docker',
        effects: [{ kind: 'data', system: 'services', destructive: false }],
      },
      { command: 'systemctl status docker', effects: [] },
      { command: 'service nginx status', effects: [] },
    ],
  }),
  definePage({
    names: ['systemd-run'],
    about: 'systemd-run: starts what outlives the step',
    read: readLater,
    examples: [
      {
        command: 'systemd-run --user rm -rf build',
        effects: [
          { kind: 'run', persistent: true },
          { kind: 'file', op: 'delete', path: 'build' },
        ],
      },
      { command: 'systemd-run --on-calendar=daily true', effects: [{ kind: 'run', persistent: true }] },
      { command: 'systemctl list-timers', effects: [] },
    ],
  }),
  definePage({
    names: ['tmux', 'byobu'],
    about: 'tmux: programs in windows that stay',
    read: readTmux,
    examples: [
      {
        command: "tmux new-session -d 'rm -rf build'",
        effects: [
          { kind: 'run', persistent: true },
          { kind: 'file', op: 'delete', path: 'build' },
        ],
      },
      {
        command: "tmux send-keys -t 0 'rm -rf build' Enter",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'tmux ls', effects: [] },
    ],
  }),
  definePage({
    names: ['screen'],
    about: 'screen: programs in windows that stay',
    read: readScreen,
    examples: [
      { command: 'screen -dmS x rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      {
        command: 'screen -S x -X stuff "rm -rf build"',
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'screen -ls', effects: [] },
    ],
  }),
];
