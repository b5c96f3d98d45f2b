/** docker, podman and their kin: what runs in containers, what they get of this machine, what is removed. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, run, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { knownStart, type ParsedArgs, partOf } from '../options.ts';
import { registryNet } from '../packages/sources.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data, findVerb, secret, type Verb } from '../verbs.ts';
import { mappedArgv, mappedDirectory, mountsOf, rightsOf } from './mounts.ts';

const GLOBAL =
  'H= host= c= context= config= l= log-level= url= connection= identity= root= namespace= n= a= address= D tls tlsverify v';
const RUN_OPTIONS = [
  'a= add-host= annotation= attach= blkio-weight= cap-add= cap-drop= cgroup-parent= cgroupns= cidfile= cpu-period= cpu-quota=',
  'cpu-shares= c= cpus= cpuset-cpus= detach-keys= device= device-cgroup-rule= dns= dns-option= dns-search= domainname=',
  'entrypoint= e= env= env-file= expose= gpus= group-add= health-cmd= h= hostname= ip= ipc= isolation= l= label= label-file=',
  'link= log-driver= log-opt= mac-address= m= memory= memory-swap= mount= name= network= net= network-alias= oom-score-adj= pid=',
  'pids-limit= platform= p= publish= pull= restart= runtime= security-opt= shm-size= stop-signal= stop-timeout= storage-opt=',
  'sysctl= tmpfs= ulimit= u= user= userns= uts= v= volume= volume-driver= volumes-from= w= workdir= index= privileged rm i interactive t tty d detach',
].join(' ');
const COMPOSE_GLOBAL =
  'f= file= p= project-name= profile= env-file= project-directory= parallel= ansi= progress=';

interface Docker {
  readonly call: Call;
  readonly near: Word;
  readonly rest: readonly Word[];
  readonly name: string;
}
type Command = (docker: Docker) => Outcome;

const SHELLS = /(?:^|\/)(?:ba|da|z|k|a|fi)?sh$/;

/** `run`, `create`, `exec`: options, an image or a container, a command. */
const runs: Command = ({ call, near, rest, name }) => {
  const parsed = readOptions(rest, RUN_OPTIONS, { stopAtOperand: true });
  const [image, ...command] = parsed.operands;
  const entry = parsed.value('entrypoint');
  const argv = entry && entry.text !== '' ? [entry, ...command] : command;
  const isShell = SHELLS.test(argv[0]?.text ?? '');
  const mounts = mountsOf(parsed);
  const workdir = parsed.value('w', 'workdir');
  const mapped = mappedArgv(argv, mounts);
  const cwd = mappedDirectory(workdir, mounts);
  const via = `${call.name} ${name}`;
  const isPrompt =
    parsed.has('i', 'interactive') &&
    parsed.has('t', 'tty') &&
    !parsed.has('d', 'detach') &&
    (argv.length === 0 || (argv.length === 1 && isShell));
  const nested: Nested[] = [];
  const settings = parsed.values('e', 'env').filter((word) => /^\w+=/.test(word.text ?? ''));
  const set = settings.length > 0 ? [wordAt('env', near), ...settings] : [];
  if (argv.length > 0 && !isPrompt)
    nested.push({ kind: 'argv', argv: [...set, ...argv], via, place: 'container' });
  // What it does to a mounted folder happens to this machine.
  if ((mapped || cwd) && argv.length > 0 && !isPrompt)
    nested.push({ kind: 'argv', argv: mapped ?? argv, via, ...(cwd ? { cwd } : {}) });
  return {
    effects: [
      ...rightsOf(near, parsed, mounts),
      ...(isPrompt ? [run(near, { interactive: true })] : []),
      ...readsOf(parsed.values('env-file')),
      ...(image && name !== 'exec' ? imageNet(image) : []),
    ],
    runs: nested,
  };
};

/** Contact with the registry that an image's name says: `host.tld/name`, else the default one. */
function imageNet(image: Word): readonly Effect[] {
  const host = /^([^/]*[.:][^/]*|localhost)\//.exec(knownStart(image))?.[1];
  if (host) return [net(wordAt(host, image), { scheme: 'https' })];
  return registryNet('docker', image, []);
}

const pull: Command = ({ rest }) => ({
  effects: readOptions(rest, 'platform= a q').operands.flatMap(imageNet),
});
const push: Command = ({ call, rest }) => ({
  effects: readOptions(rest, 'platform= a q').operands.flatMap((image): readonly Effect[] => [
    ...imageNet(image).map((effect) => ({ ...effect, op: 'upload' }) as Effect),
    {
      kind: 'package',
      manager: call.name,
      op: 'publish',
      names: [image],
      source: 'registry',
      span: image.span,
    },
  ]),
});
const login: Command = ({ call, near, rest }) => {
  const { operands } = readOptions(rest, 'u= username= p= password= password-stdin');
  return {
    effects: [
      secret(near, call.name, 'write'),
      ...(operands[0] ? [net(operands[0])] : registryNet('docker', near, [])),
    ],
  };
};
const build: Command = ({ near, rest }) => {
  const parsed = readOptions(
    rest,
    'f= file= t= tag= build-arg= build-context= cache-from= cache-to= target= platform= o= output= progress= secret= ssh= label= network= add-host= iidfile= metadata-file= builder= allow= call= push load no-cache pull q',
  );
  const remote = parsed.operands.filter((word) =>
    /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(knownStart(word)),
  );
  return {
    effects: [
      ...remote.map((word) => net(word)),
      ...readsOf(parsed.values('f', 'file')),
      ...registryNet('docker', near, [], parsed.has('push') ? { op: 'upload' } : {}),
      ...parsed.values('secret').flatMap((word) => {
        const source = /(?:src|source)=([^,]+)/.exec(word.text ?? '')?.[1];
        return source ? [file('read', wordAt(source, word))] : [];
      }),
    ],
  };
};
const copy: Command = ({ near, rest }) => {
  const [from, to] = readOptions(rest, 'a L q').operands;
  const isInside = (word: Word) => /^[^/.~:][^/:]*:/.test(knownStart(word));
  if (!from || !to) return NOTHING;
  return {
    effects: [
      ...(isInside(from) ? [] : readsOf([from], { recursive: true })),
      ...(isInside(to) ? [data(near, 'docker', 'cp', false, to)] : writesOf(to)),
    ],
  };
};
const archive: Command = ({ rest, name }) => {
  const parsed = readOptions(rest, 'o= output= i= input= format=');
  const inputs = name === 'import' ? parsed.operands.slice(0, 1) : parsed.values('i', 'input');
  return {
    effects: [
      ...parsed.values('o', 'output').flatMap((word) => writesOf(word)),
      ...inputs.flatMap((word): readonly Effect[] =>
        /^https?:/.test(knownStart(word)) ? [net(word)] : readsOf([word]),
      ),
    ],
  };
};
/** Removing: containers and images can be made again, volumes and what is in a swarm cannot. */
const remove =
  (what: string, destructive: boolean): Command =>
  ({ near, rest, name }) => {
    const parsed = readOptions(rest, 'f filter= force volumes v a all t= time= s= signal=');
    const loses =
      destructive || (what === 'container' && name === 'rm' && parsed.has('v')) || parsed.has('volumes');
    const targets = parsed.operands.length > 0 ? parsed.operands : [undefined];
    return { effects: targets.map((target) => data(near, 'docker', `${what} ${name}`, loses, target)) };
  };

const compose: Command = (docker) => {
  const { name, rest, before } = findVerb(docker.rest, COMPOSE_GLOBAL);
  const files = readsOf(before.values('f', 'file'));
  if (name === 'run' || name === 'exec') {
    const outcome = runs({ ...docker, rest, name: 'exec' });
    return { ...outcome, effects: [...files, ...outcome.effects] };
  }
  if (name === 'down' || name === 'rm') {
    const loses = readOptions(rest, 't= timeout= rmi= f force v volumes').has('v', 'volumes');
    return {
      effects: [...files, data(docker.near, 'docker', `compose ${name}${loses ? ' --volumes' : ''}`, loses)],
    };
  }
  if (['pull', 'up', 'build', 'create', 'push'].includes(name))
    return {
      effects: [...files, ...registryNet('docker', docker.near, [], name === 'push' ? { op: 'upload' } : {})],
    };
  if (name === 'config' || name === 'convert') {
    const parsed = readOptions(rest, QUIET_CONFIG, {});
    const isWhole = !parsed.options.some((option) => QUIET_CONFIG.split(' ').includes(option.name));
    return { effects: [...files, ...(isWhole ? [perhapsSecret(docker.near)] : [])] };
  }
  return { effects: files };
};

/** Options of `compose config` that leave out the values of variables. */
const QUIET_CONFIG =
  'q quiet services volumes images profiles networks environment-names hash no-interpolate variables resolve-image-digests-only';

/** What is shown holds the variables of containers, which may be credentials. */
function perhapsSecret(near: Word): Effect {
  return { ...secret(near, 'docker'), uncertain: true };
}

/** `docker inspect`: all of it has the variables of a container in it; a format may ask for something else. */
const inspect: Command = ({ near, rest }) => {
  const parsed = readOptions(rest, 'f= format= type= s size');
  const format = parsed.value('f', 'format');
  const type = parsed.value('type')?.text ?? 'container';
  if (type !== 'container') return NOTHING;
  if (format === undefined) return { effects: [perhapsSecret(near)] };
  if (format.text === undefined) return { effects: [perhapsSecret(near)] };
  if (/\.Env\b/.test(format.text)) return { effects: [secret(near, 'docker')] };
  return /\{\{\s*(?:json\s+)?\.(?:Config)?\s*\}\}|^json$/.test(format.text)
    ? { effects: [perhapsSecret(near)] }
    : NOTHING;
};

const COMMANDS = byNames<Command>({
  'run create exec container-run container-create container-exec': runs,
  'pull image-pull': pull,
  'push image-push': push,
  'login logout': login,
  'build buildx-build image-build builder-build buildx-bake': build,
  'cp container-cp': copy,
  'save load import export image-save image-load image-import container-export': archive,
  'rm container-rm container-prune kill container-kill stop container-stop': remove('container', false),
  'rmi image-rm image-prune builder-prune buildx-prune network-rm network-prune': remove('image', false),
  'volume-rm volume-prune volume-remove': remove('volume', true),
  'system-prune': remove('system', false),
  'system-reset machine-rm': remove('system', true),
  'inspect container-inspect': inspect,
  compose,
  'stack-rm service-rm secret-rm config-rm swarm-leave': remove('swarm', true),
});

const GROUPS = new Set(
  'container image volume network system builder buildx machine stack service secret config swarm'.split(' '),
);

function readDocker(call: Call): Outcome {
  const near = programWord(call);
  const top: Verb = call.name.endsWith('compose')
    ? { name: 'compose', word: near, before: readOptions([], ''), rest: call.args }
    : findVerb(call.args, GLOBAL);
  const daemon = daemonOf(call, top.before);
  const inner = GROUPS.has(top.name) ? findVerb(top.rest, '') : undefined;
  const command = COMMANDS.get(inner ? `${top.name}-${inner.name}` : top.name);
  const rest = inner ? inner.rest : top.rest;
  if (!command || rest[0]?.text === '--help') return { effects: daemon };
  const outcome = command({ call, near, rest, name: inner?.name ?? top.name });
  return { ...outcome, effects: [...daemon, ...outcome.effects] };
}

/** Contact with a daemon that the text names. */
function daemonOf(call: Call, before: ParsedArgs): readonly Effect[] {
  const word = before.value('H', 'host', 'url') ?? assigned(call, 'DOCKER_HOST', 'CONTAINER_HOST');
  if (!word) return [];
  const unix = /^(?:unix|npipe|fd):\/\//.exec(knownStart(word));
  if (!unix) return [net(word)];
  const path = partOf(word, unix[0].length);
  return [net(path, { host: path, scheme: 'unix' })];
}

export const pages: readonly Page[] = [
  definePage({
    names: ['docker', 'podman', 'nerdctl', 'docker-compose', 'podman-compose'],
    about: 'docker and its kin: containers, images, volumes',
    read: readDocker,
    examples: [
      { command: 'docker run -v $PWD:/w -w /w img rm -rf /w/src', effects: [{ kind: 'run', program: 'rm' }] },
      {
        command: 'docker run -v /:/host img rm -rf /host/etc',
        effects: [
          { kind: 'run', privilege: 'container' },
          { kind: 'file', op: 'delete', path: '/etc' },
        ],
      },
      { command: 'docker run --privileged img true', effects: [{ kind: 'run', privilege: 'container' }] },
      {
        command: 'docker volume rm shop_data',
        effects: [{ kind: 'data', system: 'docker', destructive: true, target: 'shop_data' }],
      },
      { command: 'docker compose down -v', effects: [{ kind: 'data', destructive: true }] },
      {
        command: "docker exec db sh -c 'rm -rf /data'",
        effects: [{ kind: 'file', op: 'delete', path: '/data', place: 'container' }],
      },
      {
        command: 'docker push registry.example/x',
        effects: [{ kind: 'net', op: 'upload', host: 'registry.example' }],
      },
      { command: 'docker ps -a', effects: [] },
      { command: 'docker logs -f web', effects: [] },
      { command: 'docker compose logs web', effects: [] },
    ],
  }),
];
