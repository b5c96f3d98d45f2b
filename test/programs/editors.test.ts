import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/editors.ts';
import { summaryOf } from './summary.ts';

describe('editors', () => {
  it.each<[string, readonly string[], string?]>([
    ["vim -c '!rm -rf /home/user' -c q", ['> sh: rm -rf /home/user']],
    ["vim +':!rm -rf a' +q", ['> sh: rm -rf a']],
    ["vim -es '+%s/a/b/' +wq src/a.ts", ['write src/a.ts']],
    [
      'vim -es file',
      ['read file', 'write other.txt', '> sh: rm -rf a'],
      '%s/a/b/\nw other.txt\n!rm -rf a\nq',
    ],
    ['ex -s file', ['write file'], 'wq'],
    ["vim -c ':w out.txt' -c q in.txt", ['read in.txt', 'write out.txt']],
    ["vim -c 'r !id' -c 'q!'", ['> sh: id']],
    ['nvim --headless -c \'call system("rm -rf a")\' +qa', ['> sh: rm -rf a']],
    ['nvim --headless \'+lua os.execute("rm -rf a")\' +qa', ['> sh: rm -rf a']],
    ["nvim --headless '+Lazy! sync' +qa", []],
    ['vim README.md', ['run interactive', 'read README.md']],
    ['vim -c \':py3 import os; os.remove("x")\' -c q', ['> python: import os; os.remove("x")']],
    ['ed -s in.txt', ['write in.txt'], '1d\nw\nq'],
    ['ed', ['> sh: rm -rf a'], '!rm -rf a'],
    ["ed '!rm -rf a'", ['run interactive', '> sh: rm -rf a']],
    ['emacs --batch --eval \'(shell-command "rm -rf a")\'', ['> sh: rm -rf a']],
    ['emacs -batch -l x.el', []],
    ['emacs x', ['run interactive', 'read x']],
    ['nano x', ['run interactive', 'read x']],
    ['code .', ['read .']],
    ['code --install-extension x.y', ['package install x.y registry runsScripts']],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? {} : { stdin })).toEqual(expected);
  });
});
