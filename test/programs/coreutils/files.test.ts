import { describe, expect, it } from 'vitest';
import { pages } from '../../../lib/programs/coreutils/index.ts';
import { fakeHost, readWith } from '../call.ts';
import { showOutcome } from '../show.ts';

const host = fakeHost({ files: { '/work/app/src/a.ts': '', '/work/app/.env': '' } });
const read = (command: string) => showOutcome(readWith(pages, command, { host }));

describe('programs that delete', () => {
  it.each([
    ['rm -rf node_modules dist', ['delete node_modules recursive', 'delete dist recursive']],
    ['rm -fr /', ['delete / recursive']],
    ['rm --recursive --no-preserve-root /', ['delete / recursive']],
    ['rm --recurs build', ['delete build recursive']],
    ['rm build -r', ['delete build recursive']],
    ['rm -- -rf x', ['delete -rf', 'delete x']],
    ['rm -f -v a', ['delete a']],
    ['rm -rf $d/x', ['delete …/x recursive']],
    ['rm -R *.log', ['delete *.log recursive']],
    ['rm --help -rf x', []],
    ['rmdir -p a/b', ['delete a/b']],
    ['unlink a', ['delete a']],
    ['shred a', ['write a clobbers']],
    ['shred -uzn 3 a', ['write a clobbers', 'delete a']],
    ['shred --remove=wipe a', ['write a clobbers', 'delete a']],
    ['shred /dev/nvme0n1', ['data disk overwrite /dev/nvme0n1 destructive', 'write /dev/nvme0n1 clobbers']],
    ['srm -r a', ['write a recursive clobbers', 'delete a recursive']],
    ['truncate -s 0 a b', ['write a clobbers bytes=0', 'write b clobbers bytes=0']],
    ['truncate -s 10K a', ['write a clobbers']],
    ['truncate --size +1G a', ['write a']],
    ['truncate -r b a', ['write a clobbers']],
    ['rimraf dist', ['delete dist recursive']],
    ['shx rm -rf x', ['> argv: rm -rf x']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});

describe('programs that copy, move and link', () => {
  it.each([
    ['cp a b', ['read a', 'write b clobbers']],
    ['cp /dev/null a', ['write a clobbers bytes=0']],
    ['cp -n a b', ['read a', 'create b']],
    ['cp --update=none a b', ['read a', 'create b']],
    ['cp a src', ['read a', 'write src/a clobbers']],
    ['cp -T a src', ['read a', 'write src clobbers']],
    ['cp a b src/', ['read a', 'write src/a clobbers', 'read b', 'write src/b clobbers']],
    ['cp -rt out lib/x', ['read lib/x recursive', 'write out/x recursive clobbers']],
    ['cp -a src/. out', ['read src/. recursive', 'write out recursive clobbers']],
    ['cp -a src/a.ts b', ['read src/a.ts', 'write b clobbers']],
    ['cp --parents a/b out', ['read a/b', 'write out/a/b clobbers']],
    ['cp .env /dev/stdout', ['read .env']],
    ['cp -s .env x', ['link .env -> x']],
    ['cp -lf .env x', ['link .env -> x clobbers']],
    ['cp img /dev/sdb', ['read img', 'data disk overwrite /dev/sdb destructive', 'write /dev/sdb clobbers']],
    ['cp a $dest', ['read a', 'write … clobbers']],
    ['cp a', []],
    ['mv a b', ['move a -> b clobbers']],
    ['mv -n a b', ['move a -> b']],
    ['mv a b src', ['move a -> src/a clobbers', 'move b -> src/b clobbers']],
    ['mv -t /tmp .git', ['move .git -> /tmp/.git clobbers']],
    ['mv $x/a /tmp/', ['move …/a -> /tmp/a clobbers']],
    ['ln -s .env x', ['link .env -> x']],
    ['ln -s ../.env sub/x', ['link sub/../.env -> sub/x']],
    ['ln -sr .env sub/x', ['link .env -> sub/x']],
    ['ln -s /etc/passwd', ['link /etc/passwd -> ./passwd']],
    ['ln -sfn a src', ['link src/a -> src/a clobbers']],
    ['link a b', ['link a -> b']],
    ['install -D -m755 a /usr/bin/a', ['read a', 'write /usr/bin/a clobbers', 'chmod /usr/bin/a mode=755']],
    ['install -d a b', ['create a', 'create b']],
    ['install -s --strip-program=./x a b', ['read a', 'write b clobbers', '> argv: ./x b']],
    ['rename a b a.txt', ['move a.txt -> b.txt clobbers']],
    ["rename 's/a/b/e' a.txt", ['move a.txt -> … clobbers', '> perl: s/a/b/e']],
    ["rename -n 's/a/b/' a.txt", ['> perl: s/a/b/']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});

describe('programs that make files', () => {
  it.each([
    ['mkdir -p a/b c', ['create a/b', 'create c']],
    ['mkdir -m 777 a', ['create a mode=777']],
    ['mknod x b 8 0', ['create x']],
    ['touch a', ['create a']],
    ['touch -c a', []],
    ['touch -r ref a', ['create a']],
    ['tee a b', ['write a clobbers', 'write b clobbers']],
    ['tee -a a', ['append a']],
    ['tee --append /dev/tty', []],
    ['tee /dev/sda', ['data disk overwrite /dev/sda destructive', 'write /dev/sda clobbers']],
    ['sponge a', ['write a clobbers']],
    ['dd if=.env', ['read .env']],
    [
      'dd if=/dev/zero of=/dev/mapper/root bs=1M',
      ['data disk overwrite /dev/mapper/root destructive', 'write /dev/mapper/root clobbers'],
    ],
    ['dd if=/dev/null of=a', ['write a clobbers bytes=0']],
    ['dd if=a of=b conv=notrunc', ['read a', 'write b clobbers']],
    ['dd if=a of=b oflag=append', ['read a', 'append b']],
    ['dd if=/dev/urandom of=/dev/null', []],
    ['chmod 644 a b', ['chmod a mode=644', 'chmod b mode=644']],
    ['chmod -R u+s .', ['chmod . recursive mode=u+s']],
    ['chmod -x a', ['chmod a mode=-x']],
    ['chmod -R -w a', ['chmod a recursive mode=-w']],
    ['chmod --reference=b a', ['chmod a']],
    ['chmod -- -x a', ['chmod a mode=-x']],
    ['chown -R root:root a', ['chmod a recursive']],
    ['chown --from=me you a', ['chmod a']],
    ['setfacl -R -m u:x:rwx d', ['chmod d recursive']],
    ['setfacl --restore=.env', ['read .env']],
    ['chattr +i a', ['chmod a mode=+i']],
    ['chattr -R -i a', ['chmod a recursive mode=-i']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it.each([
    ['mktemp', '/tmp/tmp.guard\n', ['create /tmp/tmp.guard']],
    ['mktemp -d', '/tmp/tmp.guard\n', ['create /tmp/tmp.guard']],
    ['mktemp -d /var/tmp/x.XXXXXX', '/var/tmp/x.guard\n', ['create /var/tmp/x.guard']],
    ['mktemp -p out aXXX', 'out/aguard\n', ['create out/aguard']],
    ['mktemp --suffix=.ts -t aXXX', '/tmp/aguard.ts\n', ['create /tmp/aguard.ts']],
    ['TMPDIR=/home/user mktemp', '/home/user/tmp.guard\n', ['create /home/user/tmp.guard']],
    ['mktemp -u', '/tmp/tmp.guard\n', []],
    ['mktemp -d $dir/x.XXX', undefined, ['create …/x.XXX']],
  ])('%s', (command, stdout, expected) => {
    const outcome = readWith(pages, command, { host });
    expect(outcome.stdout).toBe(stdout);
    expect(showOutcome(outcome)).toEqual(expected);
  });
});
