import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** The strongest thing that is said about credentials; hosts are another guard's. */
function judge(command: string): string {
  const cwd = makeProject();
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  const levels = verdict.findings
    .filter(
      ({ guard }) => guard === 'secrets' || guard === 'protected-paths' || guard === 'interactive-session',
    )
    .map(({ level }) => level);
  return levels.includes('deny') ? 'deny' : levels.includes('warn') ? 'warn' : 'pass';
}

describe('commands that hand out credentials, and those beside them that do not', () => {
  it.each<[string, string, string]>([
    ['lpass show mail', 'lpass ls', 'lpass status'],
    ['gopass team', 'gopass ls', 'gopass --version'],
    ['keyring get system me', 'keyring --version', 'keyring --list-backends'],
    ['kwallet-query -r x kdewallet', 'kwallet-query -l kdewallet', 'kwallet-query --help'],
    ['credstash getall', 'credstash list', 'credstash --help'],
    ['git secret cat x', 'git secret list', 'git secret whoknows'],
    ['git crypt unlock', 'git crypt status', 'git-crypt version'],
    ['rbw get mail', 'rbw list', 'rbw unlocked'],
    ['bws secret get 1', 'bws project list', 'bws --version'],
    ['keepassxc-cli show db x', 'keepassxc-cli ls db', 'keepassxc-cli --version'],
    ['stripe config --list', 'stripe listen', 'stripe --version'],
    ['snyk config get api', 'snyk test', 'snyk config get org'],
    ['cf oauth-token', 'cf apps', 'cf target'],
    ['nmcli device wifi show-password', 'nmcli device status', 'nmcli connection show'],
    ['composer config github-oauth.github.com', 'composer config name', 'composer validate'],
    ['aws configure get aws_secret_access_key', 'aws configure get region', 'aws sts get-caller-identity'],
    ['aws configure export-credentials', 'aws configure list', 'aws configure list-profiles'],
    ['heroku config', 'heroku apps', 'heroku auth:whoami'],
    ['netlify env:list', 'netlify status', 'netlify --version'],
    ['gh config get oauth_token', 'gh config get editor', 'gh auth status'],
    ['glab config get token', 'glab config get editor', 'glab auth status'],
    ['oc whoami -t', 'oc whoami', 'oc status'],
    ['kubectl create token robot', 'kubectl get pods', 'kubectl config view'],
    ['terraform output db_password', 'terraform output vpc_id', 'terraform output'],
    ['terraform show -json', 'terraform show', 'terraform show plan.out'],
    ['pulumi config --show-secrets', 'pulumi config', 'pulumi stack ls'],
    [
      "docker inspect -f '{{.Config.Env}}' web",
      "docker inspect -f '{{.State.Status}}' web",
      'docker image inspect x',
    ],
    ['rails credentials:show', 'rails routes', 'bin/rails test'],
    ['php artisan env:decrypt', 'php artisan test', 'php artisan route:list'],
    ['python manage.py diffsettings', 'python manage.py check', 'python manage.py showmigrations'],
    ['php bin/console secrets:reveal X', 'php bin/console cache:clear', 'php bin/console debug:router'],
    ['security -i', 'security list-keychains', 'security find-generic-password -s x'],
    ["printf 'find-generic-password -s x -w' | security -i", 'security -h', 'security help'],
    ['tail -50 ~/.zsh_history', 'history 20', 'history -c'],
    ['cat ~/.psql_history', 'ls -la ~', 'cat CHANGELOG.md'],
    ['history -r ~/.bash_history', 'set -euo pipefail', 'compgen -v'],
  ])('%s, but not %s and %s', (shows, ...others) => {
    expect(judge(shows)).toBe('deny');
    expect(others.map(judge)).toEqual(others.map(() => 'pass'));
  });

  it.each([
    ['docker inspect web', 'docker inspect -f "{{.Id}}" web'],
    ['docker compose config', 'docker compose config --services'],
    ['helm get values shop', 'helm list'],
    ['terraform show -json plan.out', 'terraform plan'],
    ['ssh-add -D', 'ssh-add -l'],
  ])('warns of %s, and not of %s', (perhaps, never) => {
    expect(judge(perhaps)).toBe('warn');
    expect(judge(never)).toBe('pass');
  });
});

describe('consoles of web frameworks', () => {
  it.each<[string, string]>([
    ['python manage.py flush --noinput', 'deny data-loss'],
    ['python3 ./manage.py migrate app zero', 'deny data-loss'],
    ['uv run python manage.py reset_db', 'deny data-loss'],
    ['django-admin flush', 'deny data-loss'],
    ['php artisan migrate:fresh --seed', 'deny data-loss'],
    ['php bin/console doctrine:schema:drop --force', 'deny data-loss'],
    ['python manage.py shell', 'deny interactive-session'],
    ['php artisan tinker', 'deny interactive-session'],
    ['php artisan tinker --execute=\'unlink("/etc/x");\'', 'deny data-loss protected-paths'],
    ['echo 1 | python manage.py shell', 'pass'],
    ['python manage.py migrate', 'pass'],
    ['python manage.py makemigrations && python manage.py test', 'pass'],
    ['php artisan migrate --pretend', 'pass'],
  ])('%s: %s', (command, expected) => {
    const cwd = makeProject();
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
    expect([verdict.outcome, ...new Set(ids)].join(' ')).toBe(expected);
  });
});
