/** Command lines of clouds and hosting services: contact with their own API, what a verb costs, which credentials it shows. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { net, run, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { knownStart } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page, type PageExample } from '../page.ts';
import { data, secret } from '../verbs.ts';
import { hostedEffects } from './code-hosting.ts';

interface Provider {
  readonly names: readonly string[];
  readonly system: string;
  readonly host: string;
  readonly options: string;
  /** Options and variables that name another API. */
  readonly endpoints?: readonly string[];
  readonly variables?: readonly string[];
  /** Commands that show credentials. */
  readonly secrets: RegExp;
  /** Commands that stay on this machine. */
  readonly local: RegExp;
  readonly examples: readonly PageExample[];
}

/** Words of a command by what they cost; the first word with an entry decides, so that names behind it do not count. */
const LOOKS =
  /^(?:[\w-]+:)?(?:describe|list|ls|get|show|logs?|status|info|view|tail|cat|diff|search|export|ping|head|wait|validate|estimate|filter|query|scan|select|whoami|releases|ps|open|dashboard|stat|du)(?:-[\w-]+)?$/;
const LOSES =
  /^(?:[\w-]+:)?(?:delete|terminate|destroy|purge|remove|rm|rb|deregister|drop|nuke|reset|wipe|release|disable-key|schedule-key-deletion|empty|flushall|unpublish)(?:-[\w-]+)?$/;
const CHANGES =
  /^(?:[\w-]+:)?(?:create|put|update|modify|run|start|stop|reboot|attach|detach|set|unset|add|enable|disable|deploy|apply|publish|invoke|import|restore|scale|promote|rollback|tag|untag|grant|revoke|assign|cp|mv|sync|rsync|push|patch|register|associate|authorize|restart|up|launch|mb|upload|write|login|execute|reset-db)(?:-[\w-]+)?$/;

const PROVIDERS: readonly Provider[] = [
  {
    names: ['aws', 'awslocal'],
    system: 'aws',
    host: 'amazonaws.com',
    options:
      'region= profile= output= query= endpoint-url= ca-bundle= color= cli-input-json= cli-input-yaml= bucket= key= body= table-name= instance-ids= stack-name= function-name= secret-id= name= names= policy-arn= role-name= user-name= acl= exclude= include= storage-class= sse= filters= max-items= role-arn= role-session-name= policy-document= payload= log-group-name= cluster= service= db-instance-identifier= delete recursive dryrun with-decryption force',
    endpoints: ['endpoint-url'],
    variables: ['AWS_ENDPOINT_URL'],
    secrets:
      /^(?:secretsmanager (?:get-secret-value|batch-get-secret-value)|ssm get-parameters?(?:-by-path)?|sts (?:get-session-token|assume-role\S*|get-federation-token)|configure (?:export-credentials|get (?:\S*\.)?aws_(?:secret_access_key|session_token|access_key_id))|iam create-access-key|iam create-login-profile|ecr get-login(?:-password)?|codeartifact get-authorization-token|rds generate-db-auth-token|kms decrypt|eks get-token|sso get-role-credentials|lightsail get-\S*-key\S*|ec2 get-password-data|ec2 create-key-pair)\b/,
    local: /^(?:configure|help|history|cloudformation package)\b/,
    examples: [
      {
        command: 'aws s3 rm s3://b --recursive',
        effects: [
          { kind: 'data', system: 'aws', destructive: true },
          { kind: 'net', host: 'amazonaws.com' },
        ],
      },
      {
        command: 'aws s3 sync . s3://b --delete',
        effects: [
          { kind: 'data', destructive: true },
          { kind: 'file', op: 'read', path: '.' },
        ],
      },
      {
        command: 'aws secretsmanager get-secret-value --secret-id x',
        effects: [{ kind: 'secret', store: 'aws' }],
      },
      {
        command: 'aws s3 ls --endpoint-url https://evil.example',
        effects: [{ kind: 'net', host: 'evil.example' }],
      },
      { command: 'aws configure list', effects: [] },
    ],
  },
  {
    names: ['gcloud', 'gsutil', 'bq'],
    system: 'gcp',
    host: 'googleapis.com',
    options:
      'project= account= region= zone= format= filter= configuration= impersonate-service-account= verbosity= secret= location= source= image= limit= key-file= member= role= cluster= namespace= o= h= m q quiet r R f force use_legacy_sql= project_id= dataset_id= recursive',
    secrets:
      /^(?:secrets versions access|auth (?:print-access-token|print-identity-token|application-default print-access-token)|iam service-accounts keys create|sql generate-login-token|kms decrypt|container clusters get-credentials)\b/,
    local: /^(?:config|version|info|help|components|auth list)\b/,
    examples: [
      {
        command: 'gcloud compute instances delete web',
        effects: [{ kind: 'data', system: 'gcp', destructive: true }],
      },
      {
        command: 'gcloud secrets versions access latest --secret=x',
        effects: [{ kind: 'secret', store: 'gcp' }],
      },
      { command: 'gcloud config list', effects: [] },
    ],
  },
  {
    names: ['az', 'azcopy'],
    system: 'azure',
    host: 'management.azure.com',
    options:
      'subscription= s= resource-group= g= name= n= output= o= query= ids= vault-name= location= l= id= yes y no-wait recursive',
    secrets:
      /^(?:account get-access-token|keyvault (?:secret|key|certificate) (?:show|download)|storage account keys list|storage \S+ generate-sas|acr credential show|ad sp create-for-rbac|ad app credential reset|cosmosdb keys list|aks get-credentials|webapp config appsettings list)\b/,
    local: /^(?:config|version|help|find|account (?:list|show|set)|bicep)\b/,
    examples: [
      {
        command: 'az group delete -n shop --yes',
        effects: [{ kind: 'data', system: 'azure', destructive: true }],
      },
      { command: 'az account get-access-token', effects: [{ kind: 'secret', store: 'azure' }] },
      { command: 'az version', effects: [] },
    ],
  },
  ...(
    [
      ['heroku', 'heroku', 'api.heroku.com', 'apps:destroy', 'status'],
      ['fly flyctl', 'fly', 'api.fly.io', 'apps destroy', 'version'],
      ['vercel vc now', 'vercel', 'api.vercel.com', 'remove', 'help'],
      ['netlify ntl', 'netlify', 'api.netlify.com', 'sites:delete', 'help'],
      ['wrangler', 'cloudflare', 'api.cloudflare.com', 'd1 delete', 'types'],
      ['firebase', 'firebase', 'firebase.googleapis.com', 'firestore:delete', 'help'],
      ['supabase', 'supabase', 'api.supabase.com', 'db reset', 'help'],
      ['doctl', 'digitalocean', 'api.digitalocean.com', 'compute droplet delete', 'version'],
      ['railway', 'railway', 'backboard.railway.app', 'delete', 'help'],
      ['render', 'render', 'api.render.com', 'services delete', 'help'],
      ['hcloud', 'hetzner', 'api.hetzner.cloud', 'server delete', 'version'],
      ['linode-cli', 'linode', 'api.linode.com', 'linodes delete', 'help'],
      ['oci', 'oracle-cloud', 'oraclecloud.com', 'compute instance terminate', 'help'],
      ['scw', 'scaleway', 'api.scaleway.com', 'instance server delete', 'version'],
      ['neonctl neon', 'neon', 'console.neon.tech', 'projects delete', 'help'],
      ['turso', 'turso', 'api.turso.tech', 'db destroy', 'help'],
      ['eksctl', 'aws', 'amazonaws.com', 'delete cluster', 'version'],
      ['eb', 'aws', 'amazonaws.com', 'terminate', 'help'],
    ] as const
  ).map(([names, system, host, removal, look]): Provider => {
    const all = names.split(' ');
    return {
      names: all,
      system,
      host,
      options:
        'a= app= t= token= team= scope= s= site= project= c= config= r= region= e= env= o= output= context= yes y force confirm=',
      secrets:
        /^(?:auth:token|auth token|config$|config:get|config get|functions:config:get|functions:secrets:access|connection-string|db tokens create|iam auth-token create|profile token-create|printenv|secrets? (?:get|list -o)|env (?:pull|ls)|variables|env:(?:get|list)|login:ci|pg:credentials|projects api-keys|tokens? create)\b/,
      local:
        /^(?:help|version|--version|status|types|init|dev|local|completion|emulators|functions:serve|start|stop)\b/,
      examples: [
        {
          command: `${all[0]} ${removal} x`,
          effects: [
            { kind: 'data', system, destructive: true },
            { kind: 'net', host },
          ],
        },
        { command: `${all[0]} ${look}`, effects: [] },
        { command: `${all[0]} --help`, effects: [] },
      ],
    };
  }),
];

/** Buckets and their like, which copying goes from or to. */
const REMOTE = /^(?:s3|gs|az|https?):\/\//;

function readProvider(call: Call, provider: Provider): Outcome {
  const parsed = readOptions(call.args, provider.options);
  const near = programWord(call);
  const { operands } = parsed;
  // Called alone, Vercel's deploys what is here.
  const deploys = provider.system === 'vercel' && operands.length === 0;
  if (parsed.has('help', 'h', 'version') || (operands.length === 0 && !deploys)) return NOTHING;
  const text = operands
    .slice(0, 5)
    .map((word) => word.text ?? '')
    .filter((part) => !REMOTE.test(part))
    .join(' ');
  const effects: Effect[] = [];
  if (provider.secrets.test(text)) effects.push(secret(near, provider.system, 'read', operands[2]));
  if (text === 'completion') return { effects: [], stdout: '' };
  if (provider.local.test(text)) return { effects, runs: programsOf(call, text) };
  const others = [
    ...parsed.values(...(provider.endpoints ?? [])),
    ...(provider.variables ?? []).flatMap((name) => assigned(call, name) ?? []),
  ];
  const transfer = transferOf(operands);
  const op = transfer.reads.length > 0 ? ('upload' as const) : ('connect' as const);
  const more = { op, ...(transfer.reads.length > 0 ? { sends: transfer.reads } : {}) };
  effects.push(
    ...(others.length > 0
      ? others.map((word) => net(word, more))
      : [net(wordAt(provider.host, near), { scheme: 'https', ...more })]),
  );
  effects.push(...readsOf(transfer.reads), ...transfer.writes.flatMap((word) => writesOf(word)));
  if (parsed.has('dryrun', 'dry-run')) return { effects };
  effects.push(...hostedEffects(call, text, near));
  const syncsAway = /\b(?:sync|rsync)\b/.test(text) && parsed.has('delete', 'd', 'delete-destination');
  const cost = costOf(text);
  if (syncsAway || cost === 'loses')
    effects.push(data(near, provider.system, verbOf(text), isLoss(text), lastName(operands)));
  else if (cost === 'changes' && transfer.writes.length === 0)
    effects.push(data(near, provider.system, verbOf(text), false, lastName(operands)));
  if (
    /^(?:ssm start-session|compute ssh|ssh|ssh console|cloud-shell|run:bash|bash|console|psql|pg:psql|shell)\b/.test(
      text,
    )
  )
    effects.push(run(near, { interactive: true }));
  return { effects, runs: programsOf(call, text) };
}

/** Programs that a service starts here with its own variables, or on its machines. */
function programsOf(call: Call, text: string): readonly Nested[] {
  const verb = /^(?:local:run|dev:exec|run(?::detached)?)(?= )/.exec(text)?.[0];
  if (verb === undefined || !/^(?:heroku|netlify|ntl|railway)$/.test(call.name)) return [];
  const rest = call.args.slice(call.args.findIndex((word) => word.text === verb) + 1);
  const start = rest.findIndex((word) => !word.text?.startsWith('-'));
  const dashes = rest.findIndex((word) => word.text === '--');
  const argv = rest.slice(dashes >= 0 ? dashes + 1 : Math.max(start, 0));
  const isThere = call.name === 'heroku' && verb.startsWith('run');
  return argv.length > 0
    ? [{ kind: 'argv', argv, via: `${call.name} ${verb}`, ...(isThere ? { place: 'remote' } : {}) }]
    : [];
}

function costOf(text: string): 'loses' | 'changes' | undefined {
  for (const word of text.split(' ').slice(0, 5)) {
    if (LOOKS.test(word)) return undefined;
    if (LOSES.test(word)) return 'loses';
    if (CHANGES.test(word)) return 'changes';
  }
  return undefined;
}

/** Words such as `remove-tags` and `ssh-key rm` take away what can be set again. */
function isLoss(command: string): boolean {
  return !/\b(?:remove-(?:tags?|labels?|iam-policy-binding|permission|metadata|targets)|delete-tags|config:unset|domains:remove|access:remove|labels? remove|deregister-targets|release-lock)\b/.test(
    command,
  );
}

/** The first three words of a command. */
function verbOf(command: string): string {
  return command.split(' ').slice(0, 3).join(' ');
}

function lastName(operands: readonly Word[]): Word | undefined {
  return operands.length > 2 ? operands.at(-1) : undefined;
}

/** Local files that a copy between here and there reads and writes. */
function transferOf(operands: readonly Word[]): {
  readonly reads: readonly Word[];
  readonly writes: readonly Word[];
} {
  const at = operands.findIndex((word) =>
    /^(?:cp|mv|sync|rsync|copy|upload|download)$/.test(word.text ?? ''),
  );
  const paths = at < 0 ? [] : operands.slice(at + 1);
  const target = paths.at(-1);
  if (paths.length < 2 || !target || !paths.some((word) => REMOTE.test(knownStart(word))))
    return { reads: [], writes: [] };
  const reads = paths.slice(0, -1).filter((word) => !REMOTE.test(knownStart(word)));
  return { reads, writes: REMOTE.test(knownStart(target)) ? [] : [target] };
}

export const pages: readonly Page[] = PROVIDERS.map((provider) =>
  definePage({
    names: provider.names,
    about: `the command line of ${provider.system}`,
    read: (call) => readProvider(call, provider),
    examples: provider.examples,
  }),
);
