import { describe, expect, it } from 'vitest';
import { pages as files } from '../../lib/programs/coreutils/index.ts';
import { pages as connections } from '../../lib/programs/network/tls.ts';
import { pages as filters } from '../../lib/programs/text-filters.ts';
import { readWith } from './call.ts';

const pages = [...files, ...filters, ...connections];
const print = (command: string, stdin?: string | 'pipe') =>
  readWith(pages, command, stdin === undefined ? {} : { stdin }).stdout;

describe('output of filters over literal input', () => {
  const encoded = Buffer.from('rm -rf x\n').toString('base64');
  it.each([
    ['cat', 'a\nb\n', 'a\nb\n'],
    ['cat -', 'a\n', 'a\n'],
    ['tac', 'a\nb\n', 'b\na\n'],
    ['rev', 'x fr- mr\n', 'rm -rf x\n'],
    ['base64 -d', `${encoded}\n`, 'rm -rf x\n'],
    ['base64 --decode', encoded, 'rm -rf x\n'],
    ['base64', 'rm -rf x\n', `${encoded}\n`],
    ['base32 -d', 'OJWSALLSMYQHQCQ=\n', 'rm -rf x\n'],
    ['basenc --base16 -d', '726D\n', 'rm'],
    ['openssl base64 -d', encoded, 'rm -rf x\n'],
    ['openssl enc -d -base64 -A', encoded, 'rm -rf x\n'],
    ['xxd -r -p', '726d202d72662078\n', 'rm -rf x'],
    ['xxd -r', '00000000: 726d 2078                                rm x\n', 'rm x'],
    ['tr a-z A-Z', 'abc\n', 'ABC\n'],
    ["tr 'n-za-mN-ZA-M' 'a-zA-Z'", 'ez', 'rm'],
    ["tr -d '#'", 'r#m#', 'rm'],
    ["tr -d '[:space:]'", 'r m\n', 'rm'],
    ["tr '_' ' '", 'rm_x', 'rm x'],
    ["tr -s ' '", 'rm   x', 'rm x'],
    ["tr -cd 'rm'", 'xrxm', 'rm'],
    ["tr '\\072' ' '", 'rm:x', 'rm x'],
    ["sed 's/X/rm/'", 'X -rf XX\n', 'rm -rf XX\n'],
    ["sed 's/_/ /g;s/a/b/'", 'a_a_\n', 'b a \n'],
    ["sed -e 's|x\\.|y|' -e 's/q/z/'", 'x.q\n', 'yz\n'],
    ['head -n 1', 'a\nb\n', 'a\n'],
    ['head -2', 'a\nb\nc\n', 'a\nb\n'],
    ['head -n -1', 'a\nb\n', 'a\n'],
    ['head -c 2', 'rmx', 'rm'],
    ['tail -n +2', 'a\nb\nc\n', 'b\nc\n'],
    ['tail -n 1', 'a\nb\n', 'b\n'],
    ['tail -1', 'a\nb\n', 'b\n'],
    ["cut -d' ' -f2-", 'x rm -rf\n', 'rm -rf\n'],
    ['cut -c1-2', 'rmxx\n', 'rm\n'],
    ['sort', 'b\na\n', 'a\nb\n'],
    ['sort -ru', 'a\nb\na\n', 'b\na\n'],
    ['uniq', 'a\na\nb\n', 'a\nb\n'],
    ['grep rm', 'x\nrm y\n', 'rm y\n'],
    ['grep -v x', 'x\nrm y\n', 'rm y\n'],
    ['fold -w 2', 'rmrm\n', 'rm\nrm\n'],
    ["paste -sd ' '", 'rm\n-rf\n', 'rm -rf\n'],
    ['tee', 'rm\n', 'rm\n'],
    ['tee log', 'rm\n', 'rm\n'],
  ])('%s of %j', (command, stdin, expected) => {
    expect(print(command, stdin)).toBe(expected);
  });

  it.each([
    ['cat', 'pipe'],
    ['cat a', 'x'],
    ['cat -n', 'x'],
    ['base64 -d a', 'x'],
    ["sed 's/a*/b/'", 'x'],
    ["sed 's/a/&b/'", 'x'],
    ["sed -n 's/a/b/p'", 'x'],
    ["grep 'r.m'", 'x'],
    ['tr $x y', 'x'],
    ["tr '[x*3]' y", 'x'],
    ['cut -f1 --complement', 'x'],
    ['head -c $n', 'x'],
    ['openssl enc -d -aes256 -base64', 'x'],
    ['base64', undefined],
  ])('%s of %j stays unknown', (command, stdin) => {
    expect(print(command, stdin)).toBeUndefined();
  });
});

describe('output made of words', () => {
  it.each([
    ['basename /a/b.ts', 'b.ts\n'],
    ['basename /a/b.ts .ts', 'b\n'],
    ['basename a/', 'a\n'],
    ['dirname /a/b', '/a\n'],
    ['dirname a', '.\n'],
    ['dirname /a', '/\n'],
    ['realpath x', '/work/app/x\n'],
    ['readlink -f x', '/work/app/x\n'],
    ['readlink x', undefined],
    ['realpath --relative-to=. x', undefined],
    ['pwd', '/work/app\n'],
    ['whoami', 'user\n'],
    ['id -un', 'user\n'],
    ['id', undefined],
    ['which rm', '/usr/bin/rm\n'],
    ['which $x', undefined],
    ['seq 3', '1\n2\n3\n'],
    ['seq 2 2 6', '2\n4\n6\n'],
    ['seq 1 999999999', undefined],
    ['date +rm', 'rm\n'],
    ['date +%s', undefined],
    ['jq -rn \'"rm -rf x"\'', 'rm -rf x\n'],
  ])('%s', (command, expected) => {
    expect(print(command)).toBe(expected);
  });

  it('gives a reader of yes enough lines', () => {
    expect(print('yes rm')?.split('\n').slice(0, 3)).toEqual(['rm', 'rm', 'rm']);
  });
});
