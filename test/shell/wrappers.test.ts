import { describe, expect, it } from 'vitest';
import { unwrap } from '../../lib/shell/wrappers.ts';
import { words } from '../programs/call.ts';

/** Wrapper with its own options and operands, in front of `git push`. */
const ARGV: readonly string[] = [
  'env -',
  'env - A=1',
  'setarch -R',
  'setarch x86_64 -R',
  'ld-linux-x86-64.so.2 --library-path /lib',
  'setpriv --reuid 1000 --clear-groups',
  'gosu dev',
  'su-exec dev',
  's6-setuidgid dev',
  'chpst -u dev -/ root',
  'softlimit -m 1000',
  'envdir ./env',
  'proot -r / -b /tmp:/x -w /work',
  'bwrap --bind / / --dev /dev --setenv A B --chdir /x --unshare-all',
  'bwrap --symlink usr/lib /lib --tmpfs /tmp --',
  'nsjail -Mo --chroot / --',
  'minijail0 -u nobody',
  'sandbox-exec -p (x)',
  'flatpak-spawn --host --directory=/tmp --env=A=1',
  'toolbox run -c x',
  'distrobox enter x --',
  'torsocks -i -u x',
  'proxychains4 -q -f x.conf',
  'cgexec -g cpu:x',
  'cpulimit -l 50 --',
  'systemd-cat -t x',
  "faketime '2020-01-01 00:00'",
  'faketime -f -1d',
  'arch -arch x86_64 -e A=1',
  'arch -x86_64',
  'eatmydata --',
  'tini -s -g --',
  'dumb-init -c --',
  'ccache',
  'logsave out.log',
  'tsp -L name',
  'retry -t 3 --',
  'daemonize -c /x',
  'envchain aws',
  'summon -f s.yml',
  'envconsul -prefix x',
  'hcp vault-secrets run --',
  'mpirun -np 4 -mca btl self --bind-to core',
  'srun -N 1 --ntasks=1',
  'bsub -q x -o out',
  'qsub -b y',
  'valgrind --leak-check=full -q',
  'perf stat -e cycles',
  'perf record -g --',
  'rr record',
  'bear --output x.json --',
  'rustup run stable',
  'guix shell git --',
];

/** Wrapper → the shell texts that it runs. */
const CODES: readonly (readonly [string, string])[] = [
  ["sg docker 'git push'", 'git push'],
  ["sg docker -c 'git push'", 'git push'],
  ["sem -j 4 --id x git push ';' ls", 'git push ; ls'],
  ["pueue add -- 'git push'", 'git push'],
  ["phase run --env dev 'git push'", 'git push'],
  ["sbatch --wrap 'git push'", 'git push'],
  ["sbatch --wrap='git push'", 'git push'],
  ["dtrace -n x -c 'git push'", 'git push'],
  ["consul exec -service x 'git push'", 'git push'],
];

/** Commands of the same programs that start nothing. */
const NOTHING: readonly string[] = [
  'perf report -i x',
  'rustup show',
  'guix install git',
  'guix shell git',
  'pueue status',
  'toolbox list',
  'hcp auth login',
];

function read(line: string): ReturnType<typeof unwrap> {
  const [program, ...args] = words(line);
  return unwrap(program?.text ?? '', args);
}

describe('programs that start another one', () => {
  it.each(ARGV)('%s', (line) => {
    expect(read(`${line} git push`)?.argv.map((word) => word.text)).toEqual(['git', 'push']);
  });
  it.each(CODES)('%s', (line, code) => {
    expect(read(line)?.codes.map((text) => text.join(''))).toEqual([code]);
  });
  it.each(NOTHING)('%s starts nothing', (line) => {
    expect(read(line) ?? { argv: [], codes: [] }).toMatchObject({ argv: [], codes: [] });
  });
  it('reads where a program runs', () => {
    expect(read('bwrap --bind / / --chdir /srv git push')?.cwd?.text).toBe('/srv');
  });
});
