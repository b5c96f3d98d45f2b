/** Programs that act with more rights than the caller's, change users, kernel and firewall, end processes, or look into them. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, opaque, run } from '../effects.ts';
import { knownStart } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { data } from '../verbs.ts';

/** The shell room follows what they run; `sudo -l` and `-v` run nothing. */
function readSudo(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(
    call.args,
    'u= g= h= p= C= r= t= T= U= D= R= c= s= user= group= prompt= command= e edit i s l v k K n S V version help',
    { stopAtOperand: true },
  );
  if (
    call.args.length > 0 &&
    parsed.operands.length === 0 &&
    parsed.has('l', 'v', 'k', 'K', 'V', 'version', 'help')
  )
    return NOTHING;
  const edits = call.name === 'sudoedit' || (call.name === 'sudo' && parsed.has('e', 'edit'));
  const isOpen =
    parsed.operands.length === 0 && !parsed.has('c', 'command') && call.invocation.stdin === undefined;
  return {
    effects: [
      run(near, { privilege: 'root', ...(isOpen && !edits ? { interactive: true } : {}) }),
      ...(edits ? parsed.operands.map((path) => file('write', path)) : []),
    ],
  };
}

/** What a program changes about users, the kernel, the firewall. */
const RIGHTS: ReadonlyMap<string, 'root' | 'kernel'> = new Map([
  ...'useradd adduser usermod userdel deluser groupadd groupmod groupdel passwd chpasswd gpasswd visudo vipw vigr chsh chfn setcap chage newusers iptables ip6tables iptables-restore nft ufw firewall-cmd pfctl hostnamectl timedatectl setenforce semanage aa-disable update-alternatives auditctl aa-teardown newgrp sg'
    .split(' ')
    .map((name) => [name, 'root'] as const),
  ...'modprobe insmod rmmod bpftool'.split(' ').map((name) => [name, 'kernel'] as const),
]);
const LOOKS =
  /^(?:-L|-S|--list|--list-rules|-n|--dry-run|-s|list|status|--list-all|--state|show|-sr|-sn|-l|--status|-h|--help|--version|-V|query|--query|--display|--get-selections|map|prog|net)$/;

function readRights(call: Call): Outcome {
  const near = programWord(call);
  const first = call.args[0]?.text;
  if (first !== undefined && LOOKS.test(first)) return NOTHING;
  if (/^(?:timedatectl|hostnamectl|ufw)$/.test(call.name) && first === undefined) return NOTHING;
  const loses = /^(?:userdel|deluser|groupdel)$/.test(call.name);
  return {
    effects: [
      run(near, { privilege: RIGHTS.get(call.name) as 'root' | 'kernel' }),
      ...(loses ? [data(near, 'users', call.name, true, call.args.at(-1))] : []),
    ],
  };
}

function readSysctl(call: Call): Outcome {
  const parsed = readOptions(call.args, 'p? load? w write a n e q');
  const writes =
    parsed.has('w', 'write', 'p', 'load', 'system') ||
    parsed.operands.some((word) => knownStart(word).includes('='));
  return writes ? { effects: [run(programWord(call), { privilege: 'kernel' })] } : NOTHING;
}

/** A page need not say more than that they run: what they end is for a guard to ask. */
function readKill(): Outcome {
  return NOTHING;
}

/** Debuggers run commands of their own, which may be shell text. */
function readDebugger(call: Call): Outcome {
  const near = programWord(call);
  const argsAt = call.args.findIndex((word) => word.text === '--args' || word.text === '--');
  const parsed = readOptions(
    argsAt < 0 ? call.args : call.args.slice(0, argsAt),
    'ex= eval-command= iex= x= command= ix= o= one-line= s= source= O= S= p= pid= cd= c= core= n= attach-name= batch q nx b',
    { singleDash: true },
  );
  const runs = parsed
    .values('ex', 'eval-command', 'iex', 'o', 'one-line', 'O')
    .flatMap((word): readonly Nested[] => {
      const shell = /^\s*(?:shell|!|platform shell|make)\s*(.+)$/s.exec(word.text ?? '');
      const python = /^\s*(?:python|script)\s+(.+)$/s.exec(word.text ?? '');
      if (shell)
        return [{ kind: 'code', lang: 'sh', code: { ...word, text: shell[1] as string }, via: call.name }];
      return python
        ? [{ kind: 'code', lang: 'python', code: { ...word, text: python[1] as string }, via: call.name }]
        : [];
    });
  // `--args` is the program to look into; only `run` starts it, but that may also be typed later.
  const program = argsAt < 0 ? [] : call.args.slice(argsAt + 1);
  const isBatch = parsed.has('batch', 'b', 'version', 'help') || call.invocation.stdin !== undefined;
  return {
    effects: [
      ...readsOf(parsed.values('x', 'command', 's', 'source')),
      ...(isBatch ? [] : [run(near, { interactive: true })]),
    ],
    runs: program.length > 0 ? [...runs, { kind: 'argv', argv: program, via: call.name }] : runs,
  };
}

function readExpect(call: Call): Outcome {
  const parsed = readOptions(call.args, 'c= f= b= d i D=', { stopAtOperand: true });
  const spawns = parsed.values('c').flatMap((word): readonly Nested[] =>
    [...(word.text ?? '').matchAll(/\b(?:spawn|exec|system)\s+(?:-noecho\s+)?([^;\n]+)/g)]
      .slice(0, 32)
      .map((match) => ({
        kind: 'code',
        lang: 'sh',
        code: { ...word, text: (match[1] as string).replace(/[{}]/g, '') },
        via: 'expect',
      })),
  );
  const path = parsed.value('f') ?? parsed.operands[0];
  return {
    effects: path ? [...readsOf([path]), opaque(path, 'an expect script drives other programs')] : [],
    runs: spawns,
  };
}

/** Opens a file or a URL with whatever the desktop has for it. */
function readOpen(call: Call): Outcome {
  const parsed = readOptions(call.args, 'a= b= n R e t');
  const effects = parsed.operands.flatMap((word): readonly Effect[] =>
    /^[a-z][a-z0-9+.-]*:\/\//i.test(knownStart(word)) ? [net(word)] : readsOf([word]),
  );
  return { effects };
}

/** `setpriv`, `capsh`: the user and groups that a program gets; without them they only take rights away. */
function readOtherUser(call: Call): Outcome {
  const takes = call.args.some((word) =>
    /^--(?:(?:re|r|e)?[ug]id|groups|init-groups|user|inh-caps|ambient-caps|addamb)\b/.test(knownStart(word)),
  );
  return takes ? { effects: [run(programWord(call), { privilege: 'root' })] } : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['setpriv', 'capsh'],
    about: 'start programs with other rights',
    read: readOtherUser,
    examples: [
      { command: 'setpriv --reuid=0 id', effects: [{ kind: 'run', privilege: 'root' }] },
      { command: 'capsh --gid=0 --uid=0 -- -c id', effects: [{ kind: 'run', privilege: 'root' }] },
      { command: 'setpriv --no-new-privs ls', effects: [] },
      { command: 'setpriv --dump', effects: [] },
    ],
  }),
  definePage({
    names: ['sudo', 'doas', 'su', 'pkexec', 'sudoedit', 'run0', 'runuser', 'gosu', 'su-exec'],
    about: 'run as another user; what they run is followed elsewhere',
    read: readSudo,
    examples: [
      { command: 'sudo apt-get update', effects: [{ kind: 'run', program: 'sudo', privilege: 'root' }] },
      { command: 'su', effects: [{ kind: 'run', privilege: 'root', interactive: true }] },
      { command: 'sudoedit /etc/hosts', effects: [{ kind: 'file', op: 'write', path: '/etc/hosts' }] },
      { command: 'sudo -l', effects: [] },
    ],
  }),
  definePage({
    names: [...RIGHTS.keys()],
    about: 'users, kernel modules, firewall, rights of programs',
    read: readRights,
    examples: [
      { command: 'useradd eve', effects: [{ kind: 'run', privilege: 'root' }] },
      { command: 'insmod x.ko', effects: [{ kind: 'run', privilege: 'kernel' }] },
      { command: 'iptables -F', effects: [{ kind: 'run', privilege: 'root' }] },
      { command: 'iptables -L -n', effects: [] },
    ],
  }),
  definePage({
    names: ['sysctl'],
    about: 'settings of the kernel',
    read: readSysctl,
    examples: [
      { command: 'sysctl -w kernel.core_pattern=x', effects: [{ kind: 'run', privilege: 'kernel' }] },
      { command: 'sysctl vm.swappiness=1', effects: [{ kind: 'run', privilege: 'kernel' }] },
      { command: 'sysctl -a', effects: [] },
    ],
  }),
  definePage({
    names: ['kill', 'pkill', 'killall', 'skill', 'fuser', 'renice', 'kill-port', 'taskkill'],
    about: 'ends or slows processes',
    read: readKill,
    examples: [
      { command: 'kill -9 4711', effects: [] },
      { command: 'pkill -f vite', effects: [] },
      { command: 'killall node', effects: [{ kind: 'run', program: 'killall' }] },
    ],
  }),
  definePage({
    names: ['gdb', 'lldb', 'cgdb'],
    about: 'debuggers, which run commands of their own',
    read: readDebugger,
    examples: [
      {
        command: "gdb -batch -ex 'shell rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      {
        command: "lldb -b -o 'platform shell rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      {
        command: 'gdb -batch -ex run --args rm -rf build',
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'gdb -batch -ex bt ./a core', effects: [] },
    ],
  }),
  definePage({
    names: ['expect'],
    about: 'expect: drives programs that ask',
    read: readExpect,
    examples: [
      {
        command: "expect -c 'spawn rm -rf build; interact'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'expect x.exp', effects: [{ kind: 'opaque' }] },
      { command: 'expect -c "puts hi"', effects: [] },
    ],
  }),
  definePage({
    names: [
      'xdg-open',
      'open',
      'gio',
      'wslview',
      'sensible-browser',
      'x-www-browser',
      'firefox',
      'chromium',
      'google-chrome',
    ],
    about: 'opens files and addresses on the desktop',
    read: readOpen,
    examples: [
      { command: 'xdg-open https://evil.example/x', effects: [{ kind: 'net', host: 'evil.example' }] },
      { command: 'open report.html', effects: [{ kind: 'file', op: 'read', path: 'report.html' }] },
      { command: 'open -a Safari', effects: [] },
    ],
  }),
];
