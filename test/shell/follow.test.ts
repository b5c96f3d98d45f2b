import { describe, expect, it } from 'vitest';
import { trace } from './trace.ts';

/** Text → the programs that must be among those started. */
const RUNS: readonly (readonly [string, string])[] = [
  // quoting and splitting
  ['r\\m -r\\f /x', 'rm -rf /x'],
  ['$"rm" -rf /x', 'rm -rf /x'],
  ["$'\\x72\\x6d' -rf /x", 'rm -rf /x'],
  ['git \\\n push', 'git push'],
  ["'git' \"push\" or''igin", 'git push origin'],
  // variables
  ['r=rm; $r -rf ~/work', 'rm -rf /home/dev/work'],
  ['X="reset --hard"; git $X', 'git reset --hard'],
  ['c=(git reset --hard); "${c[@]}"', 'git reset --hard'],
  ['a=r; b=m; $a$b -rf /x', 'rm -rf /x'],
  ['x=abc; rm ${x:0:1}', 'rm a'],
  ['x=file.txt; rm ${x%.txt}.log', 'rm file.log'],
  ['x=aXb; rm ${x/X/-}', 'rm a-b'],
  ['n=r; r=rm; ${!n} -rf /x', 'rm -rf /x'],
  ['rm ${nothing_here:-/x}', 'rm /x'],
  ['rm -rf "$HOME/y"', 'rm -rf /home/dev/y'],
  ['x+=r; x+=m; $x /x', 'rm /x'],
  ['declare -A m=([k]=rm); ${m[k]} /x', 'rm /x'],
  ['IFS=_; c=rm_-rf_/x; $c', 'rm -rf /x'],
  ['rm${IFS}-rf${IFS}/x', 'rm -rf /x'],
  ['set -- rm -rf /x; "$@"', 'rm -rf /x'],
  ['set -- a b; shift; rm $1', 'rm b'],
  ['printf -v c "%s%s" r m; $c /x', 'rm /x'],
  ['read -r c <<< "rm -rf /x"; $c', 'rm -rf /x'],
  ['while read c; do $c; done <<EOF\nrm -rf /x\nEOF', 'rm -rf /x'],
  ['X=RM; ${X,,} /x', 'rm /x'],
  ['if a; then c=ls; else c=rm; fi; $c /x', 'rm /x'],
  // substitutions
  ['$(echo rm) -rf /x', 'rm -rf /x'],
  ['`echo rm` /x', 'rm /x'],
  ['$(printf "r%s" m) /x', 'rm /x'],
  ['echo "$(rm -rf /x)"', 'rm -rf /x'],
  ['x=$(rm -rf /x)', 'rm -rf /x'],
  ['echo ${y:-$(rm /x)}', 'rm /x'],
  ['cat <(rm /x)', 'rm /x'],
  ['cat <<EOF\n$(rm /x)\nEOF', 'rm /x'],
  ['echo $(( $(rm /x) + 1 ))', 'rm /x'],
  ['[[ -v a[$(rm /x)] ]]', 'rm /x'],
  ["let 'a[$(rm /x)]=1'", 'rm /x'],
  ["x='a[$(rm /x)]'; (( x ))", 'rm /x'],
  ["x='$(rm /x)'; echo ${x@P}", 'rm /x'],
  ["compgen -W '$(rm /x)'", 'rm /x'],
  // lists, branches, loops, functions
  ['for d in a b; do rm $d; done', 'rm b'],
  ['for d in /home/*; do rm -rf "$d"; done', 'rm -rf /home/*'],
  ['if true; then rm /x; fi', 'rm /x'],
  ['case x in y) rm /x;; esac', 'rm /x'],
  ['f() { rm "$1"; }; f /x', 'rm /x'],
  ['coproc rm /x', 'rm /x'],
  ['( cd /etc && rm x )', 'rm x'],
  ['! rm /x', 'rm /x'],
  ['time rm /x', 'rm /x'],
  ['true & rm /x', 'rm /x'],
  ['until rm /x; do :; done', 'rm /x'],
  ["alias g='rm -rf'; g /x", 'rm -rf /x'],
  ['/bin/r? -rf /x', '/bin/rm -rf /x'],
  ['git {reset,--hard}', 'git reset --hard'],
  ['r${unset_name}m /x', 'rm /x'],
  ['$SUDO rm /x', 'rm /x'],
  // texts inside texts
  ["bash -c 'rm -rf /x'", 'rm -rf /x'],
  ["bash -n +n -c 'rm /x'", 'rm /x'],
  ["bash -i -n -c 'rm /x'", 'rm /x'],
  ["bash -lc 'rm $1' _ /x", 'rm /x'],
  ["bash -c '$0 $1' rm /x", 'rm /x'],
  ['sh -c \'sh -c "rm \\$0" /x\'', 'rm /x'],
  ['r=rm; declare -n c=r; $c /x', 'rm /x'],
  ["eval 'rm' '/x'", 'rm /x'],
  ['echo "rm -rf /x" | sh', 'rm -rf /x'],
  ["sh <<'EOF'\nrm /x\nEOF", 'rm /x'],
  ['bash <<< "rm /x"', 'rm /x'],
  ['bash <(echo "rm /x")', 'rm /x'],
  ["trap 'rm /x' EXIT", 'rm /x'],
  ['source /dev/stdin <<< "rm /x"', 'rm /x'],
  ["mapfile -C 'rm /x' -c 1 a", 'rm /x'],
  ['bash script.sh', 'rm /from-script'],
  ['. ./script.sh', 'rm /from-script'],
  ["echo 'rm /x' > new.sh; bash new.sh", 'rm /x'],
  ["cat > new.sh <<'EOF'\nrm /x\nEOF\nsh ./new.sh", 'rm /x'],
  ["BASH_ENV=script.sh bash -c ':'", 'rm /from-script'],
  // wrappers
  ['sudo -u root rm /x', 'rm /x'],
  ['env -u PATH A=1 nice -n 5 timeout -k 1 10 rm /x', 'rm /x'],
  ["env -S 'rm /x'", 'rm /x'],
  ['find . | xargs rm', 'rm ‹?›'],
  ['echo a b | xargs -n1 rm', 'rm a b'],
  ['echo /x | xargs -I{} rm -rf {}/y', 'rm -rf /x/y'],
  ['parallel rm ::: /x', 'rm /x'],
  ["watch -n1 'rm /x'", 'rm /x'],
  ["su -c 'rm /x'", 'rm /x'],
  ["script -qc 'rm /x' /dev/null", 'rm /x'],
  ["flock /tmp/l -c 'rm /x'", 'rm /x'],
  ['flock /tmp/l rm /x', 'rm /x'],
  ['busybox rm /x', 'rm /x'],
  ['command rm /x', 'rm /x'],
  ['exec rm /x', 'rm /x'],
  ['nohup setsid rm /x', 'rm /x'],
  ['chroot /mnt rm /x', 'rm /x'],
  ['strace -f -o /tmp/o rm /x', 'rm /x'],
  ["sudo -u a env X=1 bash -c 'xargs rm < list'", 'rm ‹?›'],
];

/** Text → a program start that must not be there. */
const MENTIONS: readonly (readonly [string, string])[] = [
  ['git commit -m "rm -rf /x"', 'rm -rf /x'],
  ["echo 'rm /x'", 'rm /x'],
  ["cat <<'EOF' > notes.md\nrm /x\n$(rm /y)\nEOF", 'rm /x'],
  ["grep -n 'rm /x' file", 'rm /x'],
  ['wc -l <<EOF\nrm /x\nEOF', 'rm /x'],
  ['# rm /x', 'rm /x'],
  ['ls rm /x', 'rm /x'],
  ['f() { rm /x; }', 'rm /x'],
  ["alias g='rm /x'", 'rm /x'],
  ["printf '%s\\n' 'rm /x'", 'rm /x'],
  ["x='rm /x'", 'rm /x'],
  ["bash -n -c 'rm /x'", 'rm /x'],
  ["bash -nc 'rm /x'", 'rm /x'],
];

describe('following what runs', () => {
  it.each(RUNS)('%s', (text, program) => {
    const { started } = trace(text, { '/repo/script.sh': 'rm /from-script\n' });
    expect(started).toContain(program);
  });
});

describe('text that only mentions a command', () => {
  it.each(MENTIONS)('%s', (text, program) => {
    expect(trace(text).started).not.toContain(program);
  });
});

describe('directories', () => {
  const cwdOf = (text: string): readonly (string | undefined)[] =>
    trace(text)
      .invocations.filter((i) => i.argv[0]?.text === 'here')
      .map((i) => i.cwd.text);
  it.each([
    ['cd /etc && here', ['/etc']],
    ['cd sub; here', ['/repo/sub', '/repo']],
    ['cd /etc || exit 1; here', ['/etc']],
    ['(cd /etc); here', ['/repo']],
    ['pushd /etc; popd; here', ['/repo']],
    ['cd /etc; cd ssl; cd -; here', ['/etc']],
    ['env -C /etc here', ['/etc']],
    ['cd; here', ['/home/dev']],
    ['cd ..; here', ['/']],
    ['[ -d /nowhere ] && cd /etc; here', ['/etc', '/repo']],
  ] as const)('%s', (text, expected) => {
    expect(cwdOf(text)).toEqual(expected);
  });
});

describe('what cannot be seen', () => {
  it.each([
    ['bash -c "$CODE"', 'dynamic'],
    ['eval "$(some-tool env)"', 'dynamic'],
    ['echo "unclosed', 'syntax'],
    [`bash -c '${'('.repeat(20)}'`, 'syntax'],
    ['x'.repeat(300_000), 'limit'],
    [`echo ${'$(echo '.repeat(1000)}x${')'.repeat(1000)}`, 'limit'],
  ])('case %#', (text, cause) => {
    expect(trace(text).opaque.map((why) => why.split(':')[0])).toContain(cause);
  });

  it('runs the lines before a syntax error', () => {
    const { parse, started } = trace('rm /x\nfi');
    expect(parse).toBe('partial');
    expect(started).toContain('rm /x');
  });

  it('knows text from the network', () => {
    const { opaque } = trace('curl https://x.example/i.sh | bash', {}, (i) => ({
      fetches: i.argv[0]?.text === 'curl',
    }));
    expect(opaque).toEqual([expect.stringMatching(/^remote:/)]);
  });
});
