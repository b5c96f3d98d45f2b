import { describe, expect, it } from 'vitest';
import { pages } from '../../../lib/programs/coreutils/index.ts';
import { READERS } from '../../../lib/programs/coreutils/reader-table.ts';
import { fakeHost, readWith } from '../call.ts';
import { showOutcome } from '../show.ts';

const host = fakeHost({
  files: {
    '/work/app/rg.conf': '# mine\n--pre=./x\n',
    '/work/app/evil.sed': 's/a/b/\n1e rm -rf x\n',
    '/work/app/f.jq': 'env.TOKEN',
  },
});
const read = (command: string) => showOutcome(readWith(pages, command, { host }));

describe('programs that print files', () => {
  it.each([
    ['cat .env - /dev/stdin', ['read .env']],
    ['cat .e?v', ['read .e?v']],
    ['head -n 5 a', ['read a']],
    ['tail -5f a', ['read a']],
    ['head -c 20 -- -x', ['read -x']],
    ['wc -l .env', ['list .env']],
    ['wc --files0-from=.env', ['read .env']],
    ['sha256sum a', ['list a']],
    ['file -b a', ['list a']],
    ['file -f .env', ['read .env']],
    ['sort -u a -o b', ['read a', 'write b clobbers']],
    ['sort --outp=b a', ['read a', 'write b clobbers']],
    ['sort -ob a', ['read a', 'write b clobbers']],
    ["sort --compress-program='sh x' a", ['read a', '> sh: sh x']],
    ['sort -t , -k 2 a', ['read a']],
    ['uniq -c a', ['read a']],
    ['uniq a b', ['read a', 'write b clobbers']],
    ['cut -d= -f2 .env', ['read .env']],
    ['comm -12 a b', ['read a', 'read b']],
    ['diff -r a b', ['read a recursive', 'read b recursive']],
    ['sdiff -o out a b', ['read a', 'read b', 'write out clobbers']],
    ["sdiff --diff-program='sh x' a b", ['read a', 'read b', '> sh: sh x']],
    ['xxd -p a', ['read a']],
    ['xxd -r a b', ['read a', 'write b clobbers']],
    ['base64 -w0 .env', ['read .env']],
    ['iconv -f utf8 -t ascii a -o b', ['read a', 'write b clobbers']],
    ["bat --pager 'sh x' a", ['read a', '> sh: sh x']],
    ['readelf -a @.env', ['read .env']],
    ['dos2unix a', ['read a', 'write a']],
    ['look x .env', ['read .env']],
    ['pandoc -o out.md a.html', ['read a.html', 'write out.md clobbers']],
    ['split -b 1M .env p', ['read .env', 'write p… clobbers']],
    ["split --filter='sh x' a", ['read a', '> sh: sh x']],
    ['csplit -f p .env /x/', ['read .env', 'write p… clobbers']],
    ['cat --help', []],
    ['ls -la .env', ['list .env']],
    ['tree -o out', ['write out clobbers']],
    ['stat -c %s a', ['list a']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it('knows each name once', () => {
    const names = READERS.flatMap((reader) => reader.names.split(' '));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const all = pages.flatMap((page) => page.names);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });
});

describe('programs that search', () => {
  it.each([
    ['grep -rn x .', ['read . recursive']],
    ['grep -r x', ['read . recursive']],
    ['grep -r "" .env', ['read .env recursive']],
    ['grep -n x a b', ['read a', 'read b']],
    ['grep -e x -e y a', ['read a']],
    ['grep -f pats a', ['read a', 'read pats']],
    ['grep -q x .env', ['list .env']],
    ['grep -c x .env', ['list .env']],
    ['grep -rl x src', ['list src recursive']],
    ["grep -r '' . --include=.env", ['read . recursive', 'read ./….env']],
    ["grep -rn 'rm -rf' docs/", ['read docs/ recursive']],
    ['rg x', ['read . recursive']],
    ['rg -g .env "" -u', ['read . recursive', 'read ./….env']],
    ["rg -g '!dist' x src", ['read src recursive']],
    ['rg --files', ['list . recursive']],
    ['rg -e x src', ['read src recursive']],
    ['rg --pre ./x y src', ['read src recursive', '> argv: ./x src']],
    ['RIPGREP_CONFIG_PATH=rg.conf rg y src', ['read src recursive', '> argv: ./x src']],
    ["ag --pager 'sh x' y", ['read . recursive', '> sh: sh x']],
    ["ugrep --filter='pdf:sh x' y a", ['read a', '> sh: sh x']],
    ['sd a b c', ['write c']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });

  it('reads no tree when it is fed', () => {
    expect(showOutcome(readWith(pages, 'rg x', { stdin: 'pipe' }))).toEqual([]);
  });
});

describe('sed and awk', () => {
  it.each([
    ["sed -n '1,5p' a", ['read a']],
    ["sed -i 's/a/b/' a b", ['write a', 'write b']],
    ["sed -i '' 's/a/b/' a", ['write a']],
    ['sed -i.bak -e d a', ['write a']],
    ['sed -i d a', ['write a clobbers']],
    ["sed --in-place '1,$d' a", ['write a clobbers']],
    ["sed -ni '' a", ['write a clobbers']],
    ["sed 'w .git/hooks/x' a", ['write .git/hooks/x clobbers', 'read a']],
    ["sed '/x/{s/a/b/gw out\n}' a", ['write out clobbers', 'read a']],
    ["sed 'r .env' a", ['read .env', 'read a']],
    ["sed '$R .env' a", ['read .env', 'read a']],
    ["sed '1e rm -rf x' a", ['read a', '> sh: rm -rf x']],
    ["sed -e '1!G;h;$!d' a", ['read a']],
    ["sed 's/.*/rm -rf x/e' a", ['read a', '> sh: rm -rf x']],
    ["sed 's|^.*$|rm -rf /x|e' a", ['read a', '> sh: rm -rf /x']],
    ["sed 's/^/sudo /e' a", ['opaque dynamic', 'read a']],
    ['sed e a', ['opaque dynamic', 'read a']],
    ["sed --sandbox '1e rm x' a", ['read a']],
    ['sed -f evil.sed a', ['read evil.sed', 'read a', '> sh: rm -rf x']],
    ["sed 's/write/e w/; s|rm -rf /|e|g; y/we/ew/' a", ['read a']],
    ["sed 's/[/]x/w/' a", ['read a']],
    ["sed '/e rm/d' a", ['read a']],
    ["sed '2a e rm -rf x' a", ['read a']],
    ["sed ':e;N;be' a", ['read a']],
    ["sed '\\,e x,p' a", ['read a']],
    ['sed $script a', ['read a']],
    ["awk '{print $1}' a", ['read a', '> awk: {print $1}']],
    ["awk -F: -v x=1 '{print x}' y=2 .env", ['read .env', '> awk: {print x}']],
    ['awk -f p.awk a', ['read a', '> awk file: p.awk']],
    ["gawk -i inplace '{print}' a", ['read a', 'write a', '> awk: {print}']],
    ["gawk -l ./x.so '{print}'", ['opaque dynamic', '> awk: {print}']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});

describe('queries, pagers and the environment', () => {
  it.each([
    ['jq .a x.json', ['read x.json']],
    ["jq --arg rm -rf '.x' a.json", ['read a.json']],
    ["jq -n --slurpfile x .env '$x'", ['read .env']],
    ["jq -n 'env'", ['env dump shown']],
    ["jq -n '$ENV.TOKEN'", ['env read TOKEN shown']],
    ["jq '.env' a.json", ['read a.json']],
    ['jq \'.["env"]\' a.json', ['read a.json']],
    ['jq -n -f f.jq', ['read f.jq', 'env read TOKEN shown']],
    ["yq -i '.a=1' a.yml", ['write a.yml']],
    ["yq '.a = strenv(TOKEN)' a.yml", ['read a.yml', 'env read TOKEN shown']],
    ['yq eval \'load(".env")\' a.yml', ['read a.yml', 'read .env']],
    ['yq a.yml', ['read a.yml']],
    ["less '+!rm x' a", ['read a', '> sh: rm x']],
    ['less +G a', ['read a']],
    ["LESS='+!rm x' less a", ['read a', '> sh: rm x']],
    ["LESSOPEN='||rm x' less a", ['read a', '> sh: rm x']],
    ['less -o .env a', ['read a', 'write .env clobbers']],
    ["man -P 'rm x' ls", ['> sh: rm x']],
    ["MANPAGER='rm x' man ls", ['> sh: rm x']],
    ['man ./.env', ['read ./.env']],
    ['env', ['env dump shown']],
    ['env -u A B=1', ['env dump shown']],
    ['env A=1 node x', []],
    ['env -i', []],
    ['env --help', []],
    ['printenv', ['env dump shown']],
    ['printenv PATH HOME', ['env read PATH shown', 'env read HOME shown']],
    ['ps auxe', ['env dump shown']],
    ['ps eww', ['env dump shown']],
    ['ps -ef', []],
    ['ps aux', []],
    ['ps axo fname', []],
    ['ps -u me', []],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});
