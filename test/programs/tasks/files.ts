/** Task files of all formats for tests: each has a task that pushes to main, and harmless ones beside it. */

export const TASK_FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'x',
    workspaces: ['packages/*'],
    scripts: { test: 'vitest run', rel: 'git push origin main', wired: 'wireit', quiet: 'wireit' },
    wireit: {
      wired: { dependencies: ['pushed'] },
      pushed: { command: 'git push origin main' },
      quiet: { command: 'tsc' },
    },
    'lint-staged': { '*.ts': ['eslint --fix', 'git push origin main'] },
  }),
  'packages/a/package.json': JSON.stringify({
    name: 'a',
    scripts: { deploy: 'git push origin main', test: 'vitest' },
  }),
  'packages/a/project.json': JSON.stringify({
    targets: {
      ship: { executor: 'nx:run-commands', options: { commands: ['git push origin main'] } },
      check: { command: 'tsc' },
    },
  }),
  'Taskfile.yml': `version: '3'

vars:
  BRANCH: main

includes:
  sub: ./packages/Sub.yml

tasks:
  default:
    cmds: [{task: build}]
  build:
    desc: Build it
    cmds:
      - go build ./...
  test: go test ./...
  rel:
    deps: [build]
    cmds:
      - cmd: git push origin {{.BRANCH}}
        silent: true
  block:
    cmds:
      - |
        echo hi
        git push origin main
  chain:
    deps:
      - task: block
  given:
    aliases: [g]
    cmd: git push origin {{.TO}}
  all:
    cmds:
      - git {{.CLI_ARGS}}
  dynamic:
    vars:
      X:
        sh: git push origin main
    cmd: echo {{.X}}
`,
  'packages/Sub.yml':
    'tasks:\n  rel:\n    cmds:\n      - git push origin main\n  test:\n    cmds: [go vet]\n',
  Rakefile: `require 'rake'
task default: [:test]
desc 'run the tests'
task :test do
  sh 'bundle exec rspec'
end
def publish
  sh "git push origin main"
end
task :rel => :test do
  publish
end
task(:short) { sh 'git push origin main' }
namespace :deploy do
  task :prod, [:env] => [:test] do |t, args|
    sh "git", "push", "origin", "main"
  end
end
`,
  'tasks.py': `from invoke import task

def push(c):
    c.run("git push origin main")

@task
def test(c):
    c.run("pytest -q")

@task(pre=[test])
def rel(c):
    push(c)

@task(name="other-name")
def foo_bar(ctx, x=1):
    ctx.run("git push origin main", pty=True)

@task(foo_bar)
def after(c):
    print("done")
`,
  'noxfile.py': `import nox
nox.options.sessions = ["tests"]

@nox.session
def tests(session):
    session.install("pytest")
    session.run("pytest", "-q")

@nox.session(python=["3.12"])
def rel(session):
    session.run("git", "push", "origin", "main", external=True)
`,
  'tox.ini': `[tox]
envlist = py312, lint

[testenv]
commands = pytest {posargs:-q}

[testenv:rel]
allowlist_externals = git
commands =
    python -V
    git push \\
      origin main

[testenv:lint]
commands = ruff check .
`,
  'pyproject.toml': `[tool.poe.tasks]
test = "pytest -q"
rel = "git push origin main"
shelled = { shell = "git push origin main" }
several = ["test", "rel"]

[tool.poe.tasks.own]
cmd = "git push origin main"
help = "x"

[tool.pdm.scripts]
prel = "git push origin main"
both = { composite = ["test", "prel"] }
test = "pytest"

[tool.hatch.envs.default.scripts]
hrel = [
  "pytest",
  "git push origin main", # at last
]
test = "pytest {args}"

[tool.hatch.envs.docs.scripts]
drel = "git push origin main"

[tool.rye.scripts]
rrel = { cmd = ["git", "push", "origin", "main"] }

[tool.pixi.tasks]
xrel = { cmd = "git push origin main", depends-on = ["test"] }
test = "pytest"
`,
  'mise.toml': `[tools]
node = "20"

[tasks.rel]
run = "git push origin main"

[tasks.test]
run = ["pytest", "ruff check ."]
depends = ["lint"]

[tasks]
lint = "ruff check ."
after = { depends = ["rel"] }
`,
  'mise-tasks/script': '#!/bin/sh\ngit push origin main\n',
  'Makefile.toml': `[tasks.rel]
command = "git"
args = ["push", "origin", "main"]

[tasks.scripted]
script = '''
echo hi
git push origin main
'''

[tasks.chain]
dependencies = ["rel"]

[tasks.test]
command = "cargo"
args = ["test"]
`,
  '.pre-commit-config.yaml': `repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v4.5.0
    hooks:
      - id: trailing-whitespace
  - repo: local
    hooks:
      - id: rel
        name: release
        entry: git push origin main
        language: system
        stages: [manual]
      - id: lint
        name: lint
        entry: bash -c 'ruff check .'
        language: system
`,
  'lefthook.yml': `pre-push:
  commands:
    rel:
      run: git push origin main
pre-commit:
  jobs:
    - name: lint
      run: eslint {staged_files}
`,
  Procfile: 'web: node server.js\nrel: git push origin main\n',
  'devbox.json':
    '{\n  // what it needs\n  "packages": [],\n  "shell": { "init_hook": ["echo hi"], "scripts": { "rel": "git push origin main", "test": ["pytest", "echo ok"], } }\n}\n',
};
