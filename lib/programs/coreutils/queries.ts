/** Programs that query structured text: jq, yq and their kin. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { readsOf, textOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

/** What a filter shows of the environment: `env`, `$ENV.NAME`, `strenv(NAME)`. */
function environmentShown(filter: Word): readonly Effect[] {
  const text = filter.text ?? '';
  const effects: Effect[] = [];
  for (const match of text.matchAll(
    /(?<![\w."$])(?:\$ENV|\$__prog_args|env|strenv)\b(?!["\w:])(?:\.(\w+)|\["(\w+)"\]|\((\w+)\))?/g,
  )) {
    const name = match[1] ?? match[2] ?? match[3];
    effects.push(
      name === undefined
        ? { kind: 'env', op: 'dump', shown: true, span: filter.span }
        : { kind: 'env', op: 'read', name, shown: true, span: filter.span },
    );
  }
  return effects;
}

const JQ_PAIRS: Readonly<Record<string, 'value' | 'file'>> = {
  '--arg': 'value',
  '--argjson': 'value',
  '--slurpfile': 'file',
  '--rawfile': 'file',
  '--argfile': 'file',
};

function readJq(call: Call): Outcome {
  const effects: Effect[] = [];
  const rest: Word[] = [];
  let positional = false;
  for (let i = 0; i < call.args.length; i++) {
    const word = call.args[i] as Word;
    const pair = JQ_PAIRS[word.text ?? ''];
    if (pair !== undefined) {
      const value = call.args[i + 2];
      if (pair === 'file' && value) effects.push(...readsOf([value]));
      i += 2;
    } else if (word.text === '--args' || word.text === '--jsonargs') positional = true;
    else if (!positional || word.text?.startsWith('-') || rest.length === 0) rest.push(word);
  }
  const parsed = readOptions(
    rest,
    'n null-input r raw-output j join-output a ascii-output s slurp R raw-input c compact-output C color-output M monochrome-output S sort-keys e exit-status f from-file L= tab indent= seq stream stream-errors unbuffered help version h V',
  );
  if (asksForHelp(parsed)) return NOTHING;
  // `-f` turns the first operand from a filter into the file that holds it.
  const [first, ...files] = parsed.operands;
  const fromFile = parsed.has('f', 'from-file');
  if (first && fromFile) effects.push(...readsOf([first]));
  const script = first && fromFile ? textOf(call, first) : first?.text;
  if (first && script !== undefined) effects.push(...environmentShown(wordAt(script, first)));
  effects.push(...readsOf(files));
  const literal = /^\s*"([^"\\]*)"\s*$/.exec(script ?? '')?.[1];
  return {
    effects,
    ...(literal !== undefined && parsed.has('n') && parsed.has('r', 'j')
      ? { stdout: parsed.has('j') ? literal : `${literal}\n` }
      : {}),
  };
}

function readYq(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'i inplace in-place I= indent= o= output-format= p= input-format= s= split-exp= split-exp-file= from-file= expression= f= front-matter= n null-input r raw-output j tojson y P prettyPrint C colors M N e exit-status v verbose header-preprocess w= width= t x xml-output xml-input arg= argjson= version help',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const operands = [...parsed.operands];
  if (
    /^(?:e|eval|ea|eval-all|shell-completion|r|w|m|d|v|x|p|prefix|new|merge|read|write|delete|validate)$/.test(
      operands[0]?.text ?? '',
    )
  )
    operands.shift();
  const expression = parsed.value('expression') ?? (parsed.has('from-file') ? undefined : operands.shift());
  // `yq file.yml` alone prints the file.
  const files =
    operands.length === 0 && expression && /^[\w./-]+\.(?:ya?ml|json|toml|xml)$/.test(expression.text ?? '')
      ? [expression]
      : operands;
  const loaded = [...(expression?.text ?? '').matchAll(/\bload(?:_\w+)?\(\s*"([^"]*)"\s*\)/g)];
  return {
    effects: [
      ...(parsed.has('i', 'inplace', 'in-place')
        ? files.flatMap((path) => writesOf(path, { clobbers: false }))
        : readsOf(files)),
      ...readsOf(parsed.values('from-file', 'split-exp-file')),
      ...(expression ? loaded.flatMap((match) => readsOf([wordAt(match[1] as string, expression)])) : []),
      ...(expression ? environmentShown(expression) : []),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['jq', 'gojq', 'jaq'],
    about: 'queries JSON',
    read: readJq,
    examples: [
      { command: "jq --rawfile x .env -n '$x'", effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: 'jq -n env', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'jq \'.rm = "-rf"\' a.json', effects: [] },
      { command: "jq -r '.env.PORT' config.json", effects: [] },
    ],
  }),
  definePage({
    names: ['yq', 'dasel', 'tomlq', 'xq'],
    about: 'queries and edits YAML',
    read: readYq,
    examples: [
      { command: "yq -i '.a = 1' config.yml", effects: [{ kind: 'file', op: 'write', path: 'config.yml' }] },
      { command: "yq '.services' compose.yml", effects: [{ kind: 'file', op: 'read', path: 'compose.yml' }] },
      { command: "yq eval '.version' Chart.yaml", effects: [] },
    ],
  }),
];
