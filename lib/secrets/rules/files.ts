/** Finds credentials in the files that programs keep them in: .npmrc, netrc, Docker, Kubernetes, connection strings, option files. */

import { type AddAnchor, RANK, type Report } from '../candidate.ts';
import { isPublicExample } from '../public-examples.ts';
import { isPlaceholder, isStandIn, measureEntropy, readsLikeWords } from '../randomness.ts';
import { isRandomToken, isStrongPassword } from './generic.ts';

/** A pattern that is tried where its word stands; its first group is the secret. */
interface FileShape {
  readonly rule: string;
  readonly provider: string;
  readonly words: readonly string[];
  /** Sticky at the word. */
  readonly pattern: RegExp;
  readonly accept: (secret: string, match: RegExpExecArray) => boolean;
}

const isFilledIn = (secret: string): boolean => !isPlaceholder(secret) && !isPublicExample(secret);
const isChosen = (secret: string): boolean =>
  isFilledIn(secret) && (isStrongPassword(secret) || isRandomToken(secret));

const fileShapes = (): readonly FileShape[] => [
  {
    rule: 'npmrc-auth',
    provider: 'npm',
    words: ['_auth', '_password'],
    pattern: /_(?:authToken|auth|password)["']?\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/_=-]{12,400})/iy,
    accept: (secret, match) =>
      isNpmKey(match) && /\d/.test(secret) && isFilledIn(secret) && !readsLikeWords(secret),
  },
  {
    rule: 'netrc-password',
    provider: 'netrc',
    words: ['machine'],
    pattern:
      /machine\s{1,4}[\w.-]{3,100}\s{1,8}login\s{1,4}\S{1,100}\s{1,8}password\s{1,4}["']?([^\s"']{6,200})/y,
    accept: (secret) =>
      isFilledIn(secret) && secret.length >= 8 && /[^A-Za-z-]/.test(secret) && measureEntropy(secret) >= 2.5,
  },
  {
    rule: 'docker-config-auth',
    provider: 'Docker',
    words: ['"auth"'],
    pattern: /"auth"\s{0,4}:\s{0,4}"([A-Za-z0-9+/]{12,600}={0,2})"/y,
    accept: (secret) =>
      isFilledIn(secret) && /^[^:\s]+:.{4,}$/.test(Buffer.from(secret, 'base64').toString('latin1')),
  },
  {
    rule: 'connection-string-password',
    provider: 'Connection string',
    words: ['password=', 'pwd=', 'password =', 'accountkey=', 'accesskey='],
    pattern: /(?:password|pwd|accountkey|accesskey)\s?=\s?([^;\s"'<>]{6,200});?/iy,
    accept: (secret, match) =>
      isConnectionString(match) &&
      isFilledIn(secret) &&
      measureEntropy(secret) >= 2.5 &&
      /[\d!@#$%^&*]/.test(secret),
  },
  {
    rule: 'shell-password-option',
    provider: 'Command line',
    words: ['sshpass', 'pgpassword', 'mysql_pwd', 'mysql_root_password'],
    pattern: /(?:sshpass\s{1,3}-p\s{0,2}|PGPASSWORD=|MYSQL_PWD=|MYSQL_ROOT_PASSWORD=)["']?([^\s"']{6,128})/y,
    accept: isChosen,
  },
  {
    rule: 'dotnet-network-credential',
    provider: '.NET',
    words: ['networkcredential', 'directoryentry', 'connect-viserver', 'convertto-securestring', 'psexec'],
    pattern:
      /(?:NetworkCredential\s{0,2}\(\s{0,2}"[^"\n]{1,100}"\s{0,2},\s{0,2}"|DirectoryEntry\s{0,2}\(\s{0,2}"[^"\n]{1,200}"\s{0,2},\s{0,2}"[^"\n]{1,100}"\s{0,2},\s{0,2}"|Connect-VIServer\b[^\n]{0,160}-Password\s{1,3}["']?|ConvertTo-SecureString\s{1,3}(?:-String\s{1,3})?["']|psexec\b[^\n]{0,160}\s-p\s{1,3}["']?)([^\s"']{6,128})/iy,
    accept: (secret) => isFilledIn(secret) && !/^[$-]/.test(secret) && !/^pass(?:word)?$/i.test(secret),
  },
  {
    rule: 'nuget-config-password',
    provider: 'NuGet',
    words: ['<add key='],
    pattern: /<add key="(?:ClearText)?Password"\s{0,4}value="([^"\n]{8,200})"\s{0,4}\/>/iy,
    accept: (secret) => isFilledIn(secret) && !/^%\S*%$|password/i.test(secret),
  },
  {
    rule: 'hashicorp-tf-password',
    provider: 'Terraform',
    words: ['administrator_login_password'],
    pattern: /administrator_login_password\s{0,4}=\s{0,4}"([A-Za-z0-9=_!@#$%^&*-]{8,64})"/y,
    accept: isFilledIn,
  },
  {
    rule: 'freemius-secret-key',
    provider: 'Freemius',
    words: ['secret_key'],
    pattern: /secret_key["']\s{0,4}=>\s{0,4}["'](sk_\S{29})["']/y,
    accept: isFilledIn,
  },
  {
    rule: 'jenkins-initial-password',
    provider: 'Jenkins',
    words: ['password to proceed'],
    pattern: /password to proceed to installation:\s{1,6}([a-f0-9]{32})/y,
    accept: isFilledIn,
  },
  {
    rule: 'kubeadm-join-token',
    provider: 'Kubernetes',
    words: ['kubeadm join', 'kubeadm init'],
    pattern: /kubeadm (?:join|init)\b[^\n]{0,120}--token[ =]([a-z0-9]{6}\.[a-z0-9]{16})\b/y,
    accept: (secret) => isFilledIn(secret) && /\d/.test(secret),
  },
  {
    rule: 'django-secret-key',
    provider: 'Django',
    words: ['secret_key ='],
    pattern: /SECRET_KEY\s?=\s?r?["']([^"'\n]{40,80})["']/y,
    accept: (secret) => isFilledIn(secret) && measureEntropy(secret) >= 3.8 && !readsLikeWords(secret),
  },
  {
    rule: 'blynk-cloud-url',
    provider: 'Blynk',
    words: ['blynk.cloud/external'],
    pattern: /blynk\.cloud\/external\/api\/[\w/]{1,60}\?token=([A-Za-z0-9_-]{32})/y,
    accept: isFilledIn,
  },
  {
    rule: 'gradle-credentials',
    provider: 'Gradle',
    words: ['credentials {'],
    pattern:
      /credentials \{\s{0,40}username\s{0,4}=?\s{0,4}["'][^"'\n]{1,80}["']\s{1,40}password\s{0,4}=?\s{0,4}["']([^"'\n]{6,120})["']/y,
    accept: (secret) => isFilledIn(secret) && !/^pass/i.test(secret),
  },
];

/** Adds the words that the places begin with. */
export function addFileAnchors(add: AddAnchor): void {
  for (const shape of fileShapes()) for (const word of shape.words) add(word, matchShape, shape);
  add('kind:', matchKubernetes, undefined);
}

function matchShape(shape: FileShape, text: string, at: number, _end: number, report: Report): void {
  shape.pattern.lastIndex = at;
  const match = shape.pattern.exec(text);
  const secret = match?.[1];
  if (match === null || secret === undefined || !shape.accept(secret, match)) return;
  const start = at + match[0].lastIndexOf(secret);
  reportFile(shape.rule, shape.provider, start, start + secret.length, at, report);
}

/** `_auth` begins a key of its own there: `//host/:_auth`, `npm_config__auth`; `login_password` is another program's. */
function isNpmKey({ input, index }: RegExpExecArray): boolean {
  return /(?:^|[^A-Za-z0-9_]|config_)$/i.test(input.slice(Math.max(0, index - 8), index));
}

/** The parts that stand before a password in an ODBC, ADO or Azure connection string. */
function isConnectionString(match: RegExpExecArray): boolean {
  const before = match.input.slice(Math.max(0, match.index - 200), match.index);
  return (
    /(?:;|["'])\s?$/.test(before) &&
    /(?:server|data source|host|driver|endpoint|accountname|user id|uid|database)\s?=/i.test(before)
  );
}

const SECRET_KIND = /kind:[ \t]{0,4}["']?Secret["']?[ \t]{0,20}(?=\r?\n|$)/iy;
const DATA_ENTRY =
  /^[ \t]{1,8}[\w.-]{1,120}:(?:[ \t]{0,4}[|>][-+]?[ \t]{0,8}\r?\n[ \t]{1,8})?[ \t]{0,8}["']?([A-Za-z0-9+/]{8,8000}={0,3})["']?[ \t]{0,8}$/gm;
const MANIFEST_REACH = 4000;

/** Values under `data:` of a Kubernetes Secret manifest; `at` is where `kind:` stands. */
function matchKubernetes(_: undefined, text: string, at: number, _end: number, report: Report): void {
  SECRET_KIND.lastIndex = at;
  if (!SECRET_KIND.test(text)) return;
  const before = text.slice(Math.max(0, at - MANIFEST_REACH), at);
  const top = before.slice(before.lastIndexOf('\n---') + 1);
  const after = text.slice(at, at + MANIFEST_REACH);
  const bottom = after.indexOf('\n---');
  const from = at - top.length;
  const manifest = top + (bottom < 0 ? after : after.slice(0, bottom));
  const data = /^[ \t]{0,4}(?:string)?data:[ \t]{0,8}$/im.exec(manifest);
  if (data === null) return;
  const section = data.index + data[0].length;
  const rest = manifest.slice(section);
  const stop = /\n[^\s#]/.exec(rest)?.index ?? rest.length;
  DATA_ENTRY.lastIndex = 0;
  const entries = rest.slice(0, stop);
  for (let entry = DATA_ENTRY.exec(entries); entry !== null; entry = DATA_ENTRY.exec(entries)) {
    const value = entry[1] ?? '';
    if (isStandIn(value) || Buffer.from(value, 'base64').length < 6) continue;
    const start = from + section + entry.index + entry[0].lastIndexOf(value);
    reportFile('kubernetes-secret-yaml', 'Kubernetes', start, start + value.length, at, report);
  }
}

function reportFile(
  rule: string,
  provider: string,
  start: number,
  end: number,
  matchStart: number,
  report: Report,
): void {
  report({ rule, provider, tier: 'deny', rank: RANK.structure, start, end, matchStart, publicLength: 0 });
}
