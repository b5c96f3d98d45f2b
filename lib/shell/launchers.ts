/** The second table of wrappers: programs that come with sandboxes, supervisors, secrets, clusters and debuggers, and start another one. The system's own are in wrapper-table.ts. */

import type { Wrapper } from './wrapper-table.ts';

const PLAIN: Wrapper = { stopAtOperand: true };
const ONE_BEFORE: Wrapper = { ...PLAIN, operands: 1 };

/** Words of a list, for tables that fit on a screen. */
function list(words: string): readonly string[] {
  return words.split(' ');
}

/** A program whose options with values are these. */
function taking(values: string, more: Wrapper = {}): Wrapper {
  return { ...PLAIN, value: list(values), ...more };
}

/** One entry for each of the names. */
function each(names: string, wrapper: Wrapper): Readonly<Record<string, Wrapper>> {
  return Object.fromEntries(list(names).map((name) => [name, wrapper]));
}

const BWRAP_PAIRS =
  'bind bind-try ro-bind ro-bind-try dev-bind dev-bind-try bind-data ro-bind-data file symlink setenv chmod overlay';

/** Options with a value of each, as their manuals list them. */
export const LAUNCHERS: Readonly<Record<string, Wrapper>> = {
  // Other rights, other roots, other networks.
  setpriv: taking(
    'ambient-caps inh-caps bounding-set ruid euid rgid egid reuid regid groups securebits pdeathsig ptracer selinux-label apparmor-profile landlock-access landlock-rule seccomp-filter',
  ),
  ...each('gosu su-exec setuidgid s6-setuidgid envuidgid s6-envuidgid envdir s6-envdir', ONE_BEFORE),
  chpst: taking('u U b e / n l L m o p f c d r s t C'),
  ...each('softlimit s6-softlimit', taking('a c d f h l m o p r s t')),
  sg: { operands: 1, joined: true },
  proot: taking('r rootfs R S b bind m mount q qemu w pwd cwd v verbose k kernel-release i change-id', {
    directory: list('w pwd cwd'),
  }),
  bwrap: taking(
    `args argv0 chdir unsetenv lock-file sync-fd uid gid hostname dev proc tmpfs mqueue dir exec-label file-label seccomp add-seccomp-fd block-fd userns-block-fd info-fd json-status-fd cap-add cap-drop perms size remount-ro overlay-src tmp-overlay ro-overlay userns userns2 pidns ${BWRAP_PAIRS}`,
    { directory: ['chdir'], pairs: list(BWRAP_PAIRS) },
  ),
  nsjail: taking(
    'M mode C config x exec_file c chroot u user g group H hostname D cwd p port i max_conns l log t time_limit E env s symlink R bindmount_ro B bindmount T tmpfsmount m mount P seccomp_policy rlimit_as rlimit_fsize rlimit_nofile cgroup_mem_max',
    { directory: list('D cwd') },
  ),
  ...each('minijail minijail0', taking('a b B c C e f g k M m P R S T u V')),
  'sandbox-exec': taking('f n p D'),
  landrun: taking('ro rox rw rwx bind-tcp connect-tcp env log-level'),
  'flatpak-spawn': taking('forward-fd env directory sandbox-expose sandbox-expose-ro app-path usr-path', {
    directory: ['directory'],
  }),
  distrobox: taking('n name a additional-flags', { verbs: ['enter'], operands: 1 }),
  toolbox: taking('c container d distro r release', { verbs: ['run'] }),
  ...each('torsocks torify', taking('u user p pass a address P port')),
  ...each('proxychains proxychains4', taking('f')),
  tsocks: PLAIN,
  cgexec: taking('g'),
  cpulimit: taking('l limit p pid e exe P path'),
  'systemd-cat': taking('t identifier p priority stderr-priority namespace'),
  // Time, files, logs, queues.
  // The time may start with a dash: `faketime -f -1d`.
  faketime: taking('f p', { operands: 1, operandOptions: ['f'] }),
  datefudge: ONE_BEFORE,
  arch: taking('arch d e', { singleDash: true }),
  ...each(
    'eatmydata dumb-init catatonit with-contenv steam-run gamemoderun mangohud primusrun optirun run-one run-this-one run-until-success run-until-failure keep-one-running cronic annotate-output rtk vault-env dbus-launch noglob nocorrect distcc icecc nq shdotenv s6-background',
    PLAIN,
  ),
  ...each('ccache sccache', taking('config-path d dir o set-config k get-config')),
  tini: taking('p e'),
  ...each('logsave setlock lckdo', ONE_BEFORE),
  lockrun: taking('L lockfile W maxtime T wait'),
  gtime: taking('f format o output'),
  multitime: taking('n s i I o r b f'),
  ts: taking('L N D'),
  tsp: taking('L N D'),
  pueue: taking('w working-directory d delay g group a after p priority l label o', {
    verbs: ['add'],
    joined: true,
    directory: list('w working-directory'),
  }),
  retry: taking('t times d delay u until w while m min x max s sleep e on-error'),
  sem: taking('j jobs id semaphoretimeout st delay', { joined: true }),
  daemonize: taking('a c e o p l u E', { directory: ['c'] }),
  daemon: taking(
    'n name D chdir u user l errlog b dbglog o output O stdout E stderr F pidfile P pidfiles a attempts L delay M limit X command e env',
    { directory: list('D chdir') },
  ),
  // Secrets put into another program's environment.
  envchain: ONE_BEFORE,
  summon: taking('p provider e environment f D up'),
  envconsul: taking('config consul-addr prefix secret vault-addr vault-token log-level kill-signal splay', {
    singleDash: true,
  }),
  phase: taking('app app-id env path tags', { verbs: ['run'], joined: true }),
  bws: taking('project-id t access-token o output c color', { verbs: ['run'], joined: true }),
  vlt: taking('command c app-name project', { verbs: ['run'], code: list('command c') }),
  hcp: taking('app project', { verbs: ['vault-secrets'], operands: 1 }),
  secrethub: taking('env env-file', { verbs: ['run'] }),
  godotenv: taking('f'),
  'consul-template': taking('exec template config', { singleDash: true, code: ['exec'], operands: 99 }),
  consul: taking('http-addr token datacenter node service n', {
    singleDash: true,
    verbs: list('exec watch'),
    joined: true,
  }),
  // Clusters.
  ...each(
    'mpirun mpiexec orterun prun',
    taking(
      'n np c N H host hostfile machinefile x wdir wd map-by bind-to rank-by ppn f hosts env genv mca gmca',
      { singleDash: true, pairs: list('mca gmca env genv'), directory: list('wdir wd') },
    ),
  ),
  ...each(
    'srun salloc sbatch',
    taking(
      'A account c cpus-per-task D chdir d dependency e error i input J job-name m distribution N nodes n ntasks o output p partition q qos t time w nodelist x exclude C constraint G gpus mem mem-per-cpu gres ntasks-per-node mpi reservation cpu-bind export wrap',
      { directory: list('D chdir'), code: ['wrap'] },
    ),
  ),
  ...each(
    'bsub qsub qrsh',
    taking('q P J o e n R W M m u w g G i L N l A S b pe hold_jid j v t wd', { singleDash: true }),
  ),
  // Debuggers, tracers, builds that are watched.
  ...each('valgrind heaptrack dtruss', PLAIN),
  perf: taking('e o F c p t C g r event output call-graph', {
    verbs: list('record stat trace mem c2c lock kmem sched kvm top'),
  }),
  ...each(
    'rr uftrace',
    taking('o output-trace-dir F filter D depth N notrace d data', { verbs: list('record live') }),
  ),
  samply: taking('o output r rate', { verbs: ['record'] }),
  ...each('bpftrace dtrace', taking('c e f n o p P s b i I m x', { code: ['c'], operands: 99 })),
  bear: taking('output config'),
  ...each('intercept-build scan-build', taking('cdb o use-cc use-c++')),
  compiledb: taking('o output p parse d build-dir e exclude'),
  // Toolchains.
  rustup: taking('toolchain', { verbs: ['run'], operands: 1 }),
  guix: taking('f file m manifest e expression L load-path p profile E preserve', {
    verbs: list('shell environment'),
    behindDashes: true,
  }),
};
