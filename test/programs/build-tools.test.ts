import { describe, expect, it } from 'vitest';
import { pages as buildTools } from '../../lib/programs/build-tools/index.ts';
import { pages as tasks } from '../../lib/programs/tasks/index.ts';
import { fakeHost } from './call.ts';
import { summaryOf } from './summary.ts';

const pages = [...buildTools, ...tasks];
const setup = {
  host: fakeHost({
    files: {
      '/work/app/Makefile':
        'OUT := dist\nDIRS = $(OUT) tmp\nV := $(shell git describe)\n\nall: build\n\nbuild: prep %.skip\n\t@echo building $@\n\tcc -o $(OUT)/x main.c\nprep:\n\t-mkdir -p $(OUT)\nclean:\n\trm -rf $(DIRS) $(wildcard *.o)\n%.o: %.c\n\tcc -c $< -o $@\nsub:\n\t$(MAKE) -C lib all\nhome:\n\trm -rf $(HOME)/x $$y\nlong:\n\techo a; \\\n\techo b\n',
      '/work/app/lib/Makefile': 'all:\n\ttouch made\n',
      '/work/app/justfile':
        'out := "dist"\n\nbuild: clean\n  cargo build\n\nclean:\n  @rm -rf {{out}}\n\ngreet name="x" +rest="":\n  echo {{name}}\n\npy:\n  #!/usr/bin/env python3\n  print(1)\n',
    },
  }),
};

describe('build tools', () => {
  it.each<[string, readonly string[], string?]>([
    [
      'make',
      [
        '> /work/app sh: git describe',
        '> /work/app sh: mkdir -p dist',
        '> /work/app sh: echo building build',
        '> /work/app sh: cc -o dist/x main.c',
      ],
    ],
    ['make clean', ['> /work/app sh: git describe', '> /work/app sh: rm -rf dist tmp *.o']],
    ['make -C lib', ['> /work/app/lib sh: touch made']],
    ['make sub', ['> /work/app sh: git describe', '> /work/app sh: make -C lib all']],
    ['make home', ['> /work/app sh: git describe', '> /work/app sh: rm -rf ${HOME}/x $y']],
    ['make long', ['> /work/app sh: git describe', '> /work/app sh: echo a;  echo b']],
    ['make main.o', ['> /work/app sh: git describe', '> /work/app sh: cc -c main.c -o main.o']],
    ['make OUT=/ clean', ['> /work/app sh: git describe', '> /work/app sh: rm -rf / tmp *.o']],
    ['make SHELL=./evil.sh prep', ['> /work/app sh: git describe', '> /work/app ./evil.sh -c mkdir -p dist']],
    ['make -n clean', ['> /work/app sh: git describe']],
    ['make -f - x', ['> /work/app sh: rm -rf a'], 'x:\n\trm -rf a\n'],
    [
      "make --eval 'x: ; rm -rf /home/user' x",
      ['> /work/app sh: git describe', '> /work/app sh: rm -rf /home/user'],
    ],
    [
      "make X='$(shell rm -rf /home/user)'",
      [
        '> /work/app sh: git describe',
        '> /work/app sh: rm -rf /home/user',
        '> /work/app sh: mkdir -p dist',
        '> /work/app sh: echo building build',
        '> /work/app sh: cc -o dist/x main.c',
      ],
    ],
    ['make test', ['> /work/app sh: git describe']],
    ['make --version', []],
    ['just', ['> /work/app sh: rm -rf dist', '> /work/app sh: cargo build']],
    ['just clean', ['> /work/app sh: rm -rf dist']],
    ['just greet bob', ['> /work/app sh: echo bob']],
    ['just py', ['> /work/app python: print(1)']],
    ['just --list', []],
    ['just missing', []],
    ["concurrently 'npm:build' 'rm -rf a'", ['> npm run build', '> sh: rm -rf a']],
    ['run-s build lint', ['> npm run build', '> npm run lint']],
    ['npm-run-all --parallel build', ['> npm run build']],
    ["hyperfine --prepare 'rm -rf a' 'make'", ['> sh: rm -rf a', '> sh: make']],
    ['nodemon server.js', ['> node server.js']],
    ['entr make', ['> make']],
    ['watchexec -e ts rm -rf a', ['> sh: rm -rf a']],
    ["chokidar '**/*.ts' -c 'rm -rf a'", ['> sh: rm -rf a']],
    ["onchange '**/*.ts' -- rm -rf a", ['> rm -rf a']],
    ['cross-env A=1 B=2 node x.js', ['> node x.js']],
    ["cross-env-shell 'rm -rf a'", ['> sh: rm -rf a']],
    ['dotenv -e .env -- rm -rf a', ['> rm -rf a']],
    ['lerna exec -- rm -rf a', ['> rm -rf a']],
    ['turbo run build', []],
    ["start-server-and-test 'rm -rf a' http://localhost:1 test", ['> sh: rm -rf a']],
    ['cmake -E remove_directory src', ['> rm -r src']],
    ['cmake -E chdir sub rm -rf a', ['> sub rm -rf a']],
    ['cmake --build build', []],
    ['pre-commit run -a', []],
    ['pytest tests', []],
    ['eslint --fix .', []],
    ['prettier --write src', []],
    ['tox -e py', []],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? setup : { ...setup, stdin })).toEqual(expected);
  });
});
