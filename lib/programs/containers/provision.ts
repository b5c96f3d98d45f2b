/** terraform, pulumi, ansible and further programs that make and destroy machines. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { net, run, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { data, findVerb, secret } from '../verbs.ts';

/** Commands of terraform that lose what cannot be had back. */
const TERRAFORM_LOSES =
  /^(?:destroy|state rm|state push|state replace-provider|workspace delete|force-unlock|taint|apply -destroy)$/;
const TERRAFORM_CHANGES = /^(?:apply|import|untaint|state mv|refresh)$/;

/** Names of outputs that are credentials. */
const SECRET_OUTPUT =
  /passw|secret|token|credential|private|(?:^|_)key(?:_|$)|api_?key|connection_string|dsn/i;

function readTerraform(call: Call): Outcome {
  const near = programWord(call);
  const options =
    'chdir= var= var-file= target= state= state-out= out= backend-config= lock-timeout= parallelism= replace= plugin-dir= from-module= config=';
  const parsed = readOptions(call.args, options, { singleDash: true });
  const words = parsed.operands.map((word) => word.text ?? '');
  const all = call.name === 'terragrunt' && words[0] === 'run-all' ? words.slice(1) : words;
  const [verb = '', sub = ''] = all;
  if (parsed.has('help', 'h')) return NOTHING;
  const key = ['state', 'workspace'].includes(verb)
    ? `${verb} ${sub}`
    : verb === 'apply' && parsed.has('destroy')
      ? 'apply -destroy'
      : verb;
  const effects: Effect[] = readsOf(parsed.values('var-file'));
  const system = call.name === 'tofu' ? 'tofu' : 'terraform';
  if (TERRAFORM_LOSES.test(key)) effects.push(data(near, system, key, true));
  else if (TERRAFORM_CHANGES.test(key))
    effects.push(data(near, system, key, key === 'apply' && parsed.has('auto-approve')));
  // `output NAME` and what is shown as JSON are not masked; a plan may hold secrets.
  const isNamed = verb === 'output' && SECRET_OUTPUT.test(all[1] ?? '');
  if (key === 'state pull' || isNamed || (verb === 'output' && parsed.has('raw', 'json')))
    effects.push(secret(near, 'terraform'));
  else if (verb === 'show' && parsed.has('json'))
    effects.push({ ...secret(near, 'terraform'), ...(all.length > 1 ? { uncertain: true } : {}) });
  if (verb === 'console') effects.push(run(near, { interactive: true }));
  if (verb === 'init' || verb === 'get')
    effects.push(net(wordAt('registry.terraform.io', near), { scheme: 'https' }));
  return { effects };
}

function readPulumi(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(
    call.args,
    's= stack= C= cwd= m= message= target= config-file= c= config= app= a= o= output= profile= region=',
  );
  const { operands } = parsed;
  const [verb = '', sub = ''] = operands.map((word) => word.text ?? '');
  const key = `${verb} ${sub}`;
  if (
    /^(?:destroy|remove|delete|delete-stack)\b/.test(key) ||
    /^(?:stack rm|state delete|state unprotect)/.test(key)
  )
    return {
      effects: [
        data(near, call.name === 'pulumi' ? 'pulumi' : 'cloud', `${call.name} ${verb}`, true, operands[1]),
      ],
    };
  if (/^(?:up|update|deploy|import|refresh|cancel)$/.test(verb))
    return { effects: [data(near, 'pulumi', verb, false)] };
  const shows = parsed.has('show-secrets') || /^(?:stack export|config get|env (?:get|open))/.test(key);
  return { effects: shows ? [secret(near, 'pulumi')] : [] };
}

const ANSIBLE_CODE =
  /^(?:(?:ansible\.builtin|ansible\.windows)\.)?(?:shell|command|raw|script|win_shell|win_command)$/;

function readAnsible(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(
    call.args,
    'i= inventory= m= module-name= a= args= e= extra-vars= u= user= l= limit= f= forks= t= tree= tags= skip-tags= c= connection= private-key= key-file= vault-password-file= vault-id= T= timeout= become-user= become-method= M= module-path= playbook-dir= b become C check syntax-check list-tasks list-hosts',
  );
  const passwords = readsOf(parsed.values('vault-password-file', 'private-key', 'key-file'));
  if (call.name === 'ansible-vault')
    return {
      effects: ['view', 'decrypt', 'edit'].includes(parsed.operands[0]?.text ?? '')
        ? [...passwords, secret(near, 'ansible-vault', 'read', parsed.operands[1])]
        : passwords,
    };
  if (call.name !== 'ansible') return { effects: [...passwords, ...readsOf(parsed.operands)] };
  const module = parsed.value('m', 'module-name');
  const code = parsed.value('a', 'args');
  const isLocal =
    parsed.value('c', 'connection')?.text === 'local' ||
    /^(?:localhost|127\.0\.0\.1)$/.test(parsed.operands[0]?.text ?? '');
  const isCode = module === undefined || module.text === undefined || ANSIBLE_CODE.test(module.text);
  const runs: Nested[] =
    code && isCode
      ? [{ kind: 'code', lang: 'sh', code, via: 'ansible -a', ...(isLocal ? {} : { place: 'remote' }) }]
      : [];
  return {
    effects: [...passwords, ...(parsed.has('b', 'become') ? [run(near, { privilege: 'root' })] : [])],
    runs,
  };
}

/** Programs that start something inside a machine or container of their own: `vagrant ssh -c`, `lxc exec x -- cmd`. */
function readMachine(call: Call): Outcome {
  const near = programWord(call);
  const spec =
    'c= command= D= directory= M= machine= bind= bind-ro= b= image= i= n= name= u= user= cwd= env= f force';
  const { name, rest } = findVerb(call.args, spec);
  const parsed = readOptions(call.args, spec);
  const code = parsed.value('c', 'command');
  const dashes = call.args.findIndex((word) => word.text === '--');
  const after = dashes >= 0 ? call.args.slice(dashes + 1) : [];
  const via = call.name;
  if (call.name === 'systemd-nspawn') {
    const argv = readOptions(call.args, spec, { stopAtOperand: true }).operands;
    const isHost = ['/', '/.'].includes(parsed.value('D', 'directory')?.text ?? '');
    const wide = parsed.values('bind').length > 0 || isHost;
    return {
      effects: [run(near, wide ? { privilege: 'container' } : {})],
      runs: argv.length > 0 ? [{ kind: 'argv', argv, via, ...(isHost ? {} : { place: 'container' }) }] : [],
    };
  }
  if (name === 'ssh' || name === 'shell' || name === 'exec') {
    const argv = after.length > 0 ? after : name === 'exec' ? rest.slice(1) : [];
    if (code) return { effects: [], runs: [{ kind: 'code', lang: 'sh', code, via, place: 'container' }] };
    return argv.length > 0
      ? { effects: [], runs: [{ kind: 'argv', argv, via, place: 'container' }] }
      : { effects: [run(near, { interactive: true })] };
  }
  return {
    effects: /^(?:destroy|delete|rm)$/.test(name)
      ? [
          data(
            near,
            'container',
            `${call.name} ${name}`,
            true,
            rest.find((word) => !word.text?.startsWith('-')),
          ),
        ]
      : [],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['terraform', 'tofu', 'terragrunt'],
    about: 'terraform: what a plan makes, changes and destroys',
    read: readTerraform,
    examples: [
      {
        command: 'terraform destroy -auto-approve',
        effects: [{ kind: 'data', system: 'terraform', op: 'destroy', destructive: true }],
      },
      { command: 'terraform -chdir=infra apply -destroy', effects: [{ kind: 'data', destructive: true }] },
      { command: 'terraform state rm x.y', effects: [{ kind: 'data', destructive: true }] },
      { command: 'terraform plan -out=x', effects: [] },
      { command: 'terraform fmt -recursive', effects: [] },
    ],
  }),
  definePage({
    names: ['pulumi', 'cdk', 'cdktf', 'sls', 'serverless', 'sam', 'copilot-cli'],
    about: 'stacks in the cloud',
    read: readPulumi,
    examples: [
      { command: 'pulumi destroy --yes', effects: [{ kind: 'data', system: 'pulumi', destructive: true }] },
      { command: 'cdk destroy MyStack', effects: [{ kind: 'data', destructive: true }] },
      { command: 'pulumi preview', effects: [] },
    ],
  }),
  definePage({
    names: ['ansible', 'ansible-playbook', 'ansible-vault', 'ansible-galaxy'],
    about: 'ansible: commands on many machines',
    read: readAnsible,
    examples: [
      {
        command: "ansible all -m shell -a 'rm -rf /data'",
        effects: [{ kind: 'file', op: 'delete', path: '/data', place: 'remote' }],
      },
      { command: 'ansible-vault view secrets.yml', effects: [{ kind: 'secret', store: 'ansible-vault' }] },
      { command: 'ansible all -m ping', effects: [] },
    ],
  }),
  definePage({
    names: [
      'vagrant',
      'lxc',
      'incus',
      'multipass',
      'limactl',
      'lima',
      'colima',
      'systemd-nspawn',
      'packer',
      'distrobox',
      'toolbox',
    ],
    about: 'virtual machines and system containers',
    read: readMachine,
    examples: [
      {
        command: "vagrant ssh -c 'rm -rf /data'",
        effects: [{ kind: 'file', op: 'delete', place: 'container' }],
      },
      {
        command: 'lxc exec web -- rm -rf /data',
        effects: [{ kind: 'file', op: 'delete', place: 'container' }],
      },
      { command: 'vagrant destroy -f', effects: [{ kind: 'data', destructive: true }] },
      { command: 'vagrant status', effects: [] },
    ],
  }),
];
