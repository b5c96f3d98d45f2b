/** What a project's files say about the policy that it needs: tables of names, kept apart from the reading. */

/** Branches that people protect when they have them. */
export const PROTECTED_NAMES: readonly string[] = [
  'main',
  'master',
  'trunk',
  'production',
  'prod',
  'staging',
];
/** Kinds of branches by what their names begin with. */
export const PROTECTED_KINDS: readonly string[] = ['release/', 'releases/', 'hotfix/', 'stable/', 'support/'];

/** Package managers by files that only they have. */
export const MANAGER_FILES: Readonly<Record<string, readonly string[]>> = {
  npm: ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'],
  pypi: ['pyproject.toml', 'requirements.txt', 'poetry.lock', 'uv.lock', 'Pipfile', 'setup.py'],
  cargo: ['Cargo.toml'],
  go: ['go.mod'],
  gem: ['Gemfile'],
  composer: ['composer.json'],
  maven: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  docker: ['Dockerfile', 'compose.yaml', 'compose.yml', 'docker-compose.yml'],
  nuget: ['packages.config', 'Directory.Packages.props', 'global.json'],
  hex: ['mix.exs'],
  pub: ['pubspec.yaml'],
};

/** Files that name hosts, and the lines of them that do. */
export const HOST_FILES: Readonly<Record<string, RegExp>> = {
  '.npmrc': /registry\s*=/,
  '.yarnrc': /registry/,
  '.yarnrc.yml': /npmRegistryServer:/,
  'pip.conf': /index-url\s*=/,
  'requirements.txt': /^\s*(?:-i|--(?:extra-)?index-url)\b/,
  'pyproject.toml': /^\s*(?:url|index-url|extra-index-url)\s*=/,
  '.cargo/config.toml': /^\s*(?:registry|index)\s*=/,
  'nuget.config': /<add\s/i,
  Gemfile: /^\s*source\b/,
  'package-lock.json': /^\s*"resolved":/,
  'yarn.lock': /^\s*resolved\b/,
  'pnpm-lock.yaml': /tarball:/,
  'poetry.lock': /^\s*url\s*=/,
  'uv.lock': /^source\s*=/,
  'Cargo.lock': /^source\s*=/,
  'Gemfile.lock': /^\s*remote:/,
  '.gitlab-ci.yml': /https?:/,
};

/** Where workflows are, and their files. */
export const WORKFLOWS = '.github/workflows';

/** Directories whose contents people want to look at themselves. */
export const AREA_NAMES: ReadonlySet<string> = new Set([
  'migrations',
  'migrate',
  'alembic',
  'auth',
  'authentication',
  'authorization',
  'security',
  'payments',
  'payment',
  'billing',
  'infra',
  'infrastructure',
  'terraform',
  'ansible',
  'k8s',
  'kubernetes',
  'helm',
  'charts',
  'deploy',
  'deployment',
]);

/** Directories that hold nothing that people wrote, or nothing of this project. */
export const SKIPPED: ReadonlySet<string> = new Set([
  'node_modules',
  'vendor',
  'dist',
  'build',
  'out',
  'target',
  'coverage',
  '__pycache__',
  'venv',
  'test',
  'tests',
  'docs',
  'examples',
  'fixtures',
]);

/** Commands that check a project, by file and what has to be in it. */
export const CHECKS: readonly { readonly file: string; readonly has: RegExp; readonly command: string }[] = [
  { file: 'package.json', has: /"test"\s*:/, command: 'npm test' },
  { file: 'package.json', has: /"lint"\s*:/, command: 'npm run lint' },
  { file: 'package.json', has: /"typecheck"\s*:/, command: 'npm run typecheck' },
  { file: 'Makefile', has: /^check:/m, command: 'make check' },
  { file: 'Makefile', has: /^test:/m, command: 'make test' },
  { file: 'pyproject.toml', has: /^\[tool\.pytest/m, command: 'pytest' },
  { file: 'tox.ini', has: /^\[/m, command: 'tox' },
  { file: 'Cargo.toml', has: /^\[/m, command: 'cargo test' },
  { file: 'go.mod', has: /^module/m, command: 'go test ./...' },
];
