/** What Python's calls do with programs, the environment and output. Data only; Python's own code is code-calls.ts's business. */

import {
  all,
  type CallTable,
  option,
  pick,
  readsEnv,
  runArgv,
  runCode,
  runsProgram,
  serialises,
  shells,
  shows,
  startsProgram,
} from '../actions.ts';
import type { Action } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** A list of words is a program, one text a program's name, or a shell's text with `shell=True`. */
const runsProcess: Action = (site) => {
  const given = pick(site, [0, 'args']) ?? v.UNKNOWN;
  for (const words of v.optionsOf(given)) {
    if (!v.isTrue(option(site, 'shell'))) runArgv(site, words);
    else if (words.kind === 'list') runCode(site, words.items[0] ?? v.UNKNOWN, 'sh');
    else runCode(site, words, 'sh');
  }
  return undefined;
};

/** `os.execl(path, name, …)`: the first word of the list is only what the program is told it is called. */
function replacesProcess(from: number): Action {
  return (site) => {
    const program = site.args.positional[from] ?? v.UNKNOWN;
    const rest = site.args.positional.slice(from + 1).filter((one) => one.kind !== 'dictionary');
    const [only] = rest;
    const words = rest.length === 1 && only?.kind === 'list' ? only : v.list(rest, site.args.open);
    const isUnknown = only !== undefined && only.kind === 'unknown';
    runArgv(
      site,
      v.list([program, ...words.items.slice(isUnknown ? 0 : 1)], words.open === true || isUnknown),
    );
    return undefined;
  };
}

const setsEnv: Action = (site) => {
  site.machine.env('set', v.knownText(pick(site, 0)), {
    value: v.wordOf(pick(site, 1) ?? v.UNKNOWN, site.machine.near),
  });
  return undefined;
};

/** Programs that are started. */
export const PROCESSES: CallTable = [
  [
    shells([0, 'command', 'cmd']),
    'os.system os.popen os.popen2 os.popen3 os.popen4 subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell pexpect.run ?.system',
  ],
  [
    runsProcess,
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ],
  [runsProgram, 'asyncio.create_subprocess_exec pexpect.spawn'],
  [startsProgram(0, 1), 'os.posix_spawn os.posix_spawnp'],
  [
    replacesProcess(0),
    'os.execv os.execve os.execvp os.execvpe os.execl os.execle os.execlp os.execlpe os.posix_spawn os.posix_spawnp',
  ],
  [
    replacesProcess(1),
    'os.spawnv os.spawnve os.spawnvp os.spawnvpe os.spawnl os.spawnle os.spawnlp os.spawnlpe',
  ],
  [
    (site) => {
      runArgv(site, pick(site, 0) ?? v.UNKNOWN);
      return undefined;
    },
    'pty.spawn',
  ],
  [
    (site) => {
      runCode(site, pick(site, 0) ?? v.UNKNOWN, 'sh', { place: 'remote' });
      return undefined;
    },
    'paramiko.SSHClient().exec_command ?.exec_command',
  ],
  [shells(0), '?.getoutput'],
];

/** The environment, and what shows it. */
export const ENVIRONMENT: CallTable = [
  [readsEnv(0), 'os.getenv os.getenvb os.environ.get os.environ.pop os.environ.__getitem__'],
  [setsEnv, 'os.putenv os.environ.setdefault os.environ.__setitem__'],
  [t.isHarmless, 'os.environ.keys os.unsetenv'],
  [
    shows,
    'print pprint.pprint pprint sys.stdout.write sys.stderr.write sys.stdout.buffer.write logging.info logging.debug logging.warning logging.error rich.print',
  ],
  [all(serialises), 'json.dumps yaml.dump pprint.pformat repr str'],
];
