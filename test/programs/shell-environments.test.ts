import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/shell-environments.ts';
import { summaryOf } from './summary.ts';

describe('shell environments', () => {
  it.each<[string, readonly string[], string?]>([
    ['pyenv init -', []],
    ['rbenv exec ruby x.rb', ['> ruby x.rb']],
    ['mise exec -- rm -rf a', ['> rm -rf a']],
    ['mise activate zsh', []],
    ['mise install', ['package install registry']],
    ['fnm env', []],
    ['nvm exec 20 rm -rf a', ['> rm -rf a']],
    ['nvm use 20', []],
    ['nvm install 20', ['package install 20 registry', 'connect nodejs.org']],
    ['zoxide init bash', []],
    ['starship init bash', []],
    ['direnv hook bash', []],
    ['direnv allow', ['run persistent']],
    ['direnv status', []],
    ['dircolors -b', []],
    ['pyenv versions', []],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? {} : { stdin })).toEqual(expected);
  });
});
