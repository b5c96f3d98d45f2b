import { describe, expect, it } from 'vitest';
import { pages } from '../../../lib/programs/coreutils/index.ts';
import { readWith } from '../call.ts';
import { showOutcome } from '../show.ts';

/** Everything but the names that are listed on the way. */
const read = (command: string) =>
  showOutcome(readWith(pages, command)).filter((line) => !line.startsWith('list '));

describe('find', () => {
  it.each([
    ["find . -name '*.log'", []],
    ['find . -type f -print0', []],
    ['find build -delete', ['delete build recursive']],
    ['find -L a b -delete', ['delete a recursive', 'delete b recursive']],
    ['find -delete', ['delete . recursive']],
    ['find src -type f -delete', ['delete src recursive']],
    ["find / -name '*.db' -delete", ['delete /*.db', 'delete /….db']],
    ["find . -name '*' -delete", ['delete . recursive']],
    ["find . ! -name '*.md' -delete", ['delete . recursive']],
    ["find . -not -path './keep/*' -delete", ['delete . recursive']],
    ['find . -name keep -o -delete', ['delete . recursive']],
    ['find . -name a , -delete', ['delete . recursive']],
    ['find . -delete -name x', ['delete . recursive']],
    ['find . -type d -empty -delete', ['delete ./…']],
    ['find . -mtime +30 -delete', ['delete ./…']],
    ['find . -mtime +0 -delete', ['delete . recursive']],
    ['find . -user me -perm /777 -delete', ['delete . recursive']],
    [
      "find . '(' -name '*.pyc' -o -name '*.pyo' ')' -delete",
      ['delete ./*.pyc', 'delete ./….pyc', 'delete ./*.pyo', 'delete ./….pyo'],
    ],
    ["find . '(' -name '*.pyc' -o -type f ')' -delete", ['delete . recursive']],
    ["find . -path './node_modules/*' -delete", ['delete ./node_modules/…']],
    ["find /tmp -name 'a*' -delete", ['delete /tmp/a*']],
    ['find /tmp/x -mtime +7 -delete', ['delete /tmp/x/*']],
    ['find /tmp/.. -name a -delete', ['delete /tmp/../a', 'delete /tmp/../…a']],
    ['find $dir -delete', ['delete … recursive']],
    ["find . -name x -prune -o -name '*.tmp' -delete", ['delete ./*.tmp', 'delete ./….tmp']],
    ['find /home/user -exec rm -rf {} +', ['> argv: rm -rf /home/user']],
    ['find /home/user -mindepth 1 -exec rm -rf {} +', ['> argv: rm -rf /home/user/*']],
    ["find . -name '*.go' -exec gofmt -l {} ';'", ['> argv: gofmt -l ./*.go', '> argv: gofmt -l ./….go']],
    ["find . -name .env -exec cat {} ';' -print", ['> argv: cat ./.env', '> argv: cat ./….env']],
    ["find . -iname .ENV -execdir cat {} ';'", ['> argv: cat ./.env', '> argv: cat ./….env']],
    ["find a b -type f -ok rm {} ';'", ['> argv: rm a/*', '> argv: rm b/*']],
    [
      "find . -name x -exec sh -c 'echo {}; head {}' ';'",
      ['> argv: sh -c echo ./x; head ./x', '> argv: sh -c echo ./*; head ./*'],
    ],
    ["find . -name x -exec mv {} {}.bak ';'", ['> argv: mv ./x ./x.bak', '> argv: mv ./…x ./…x.bak']],
    ["find . -exec a ';' -exec b {} +", ['> argv: a', '> argv: b .']],
    ['find . -fprint .git/hooks/x', ['write .git/hooks/x clobbers']],
    ["find . -fprintf out '%p'", ['write out clobbers']],
    ['find -files0-from .env -print', ['read .env']],
    ["find . -name '-delete'", []],
    ['find . -path ./-exec -o -name delete', []],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it('survives unbalanced parentheses and missing words', () => {
    expect(read("find . ')' '(' -name")).toEqual([]);
    expect(read('find . -exec')).toEqual(['> argv: ']);
  });
});

describe('fd', () => {
  it.each([
    ['fd index src', []],
    ['fd . /home -x rm -rf', ['> argv: rm -rf /home/*']],
    ['fd -e log . /var -X rm {}', ['> argv: rm /var/*.log', '> argv: rm /var/….log']],
    ['fd -HIx rm -rf', ['> argv: rm -rf ./*']],
    ['fd -C /srv secret --exec cat', ['> argv: cat /srv/./*secret*', '> argv: cat /srv/./…secret…']],
    [
      "fd x --exec mv {} {.}.bak ';' src",
      ['> argv: mv src/*x* src/*x*.bak', '> argv: mv src/…x… src/…x….bak'],
    ],
    ['fd --search-path /etc passwd -x cat {/}', ['> argv: cat /etc/*passwd*', '> argv: cat /etc/…passwd…']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});
