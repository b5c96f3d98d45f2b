/** What JavaScript's calls run as code: modules, evaluation, and functions called by way of others. Other programs are process-calls.ts's business. */

import * as a from '../actions.ts';
import type { Action, Site } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import { itemsOf, unescapeUrl } from './value-calls.ts';

const callsSelf =
  (from: (site: Site) => readonly v.Value[]): Action =>
  (site) =>
    site.self && (site.self.kind === 'ref' || site.self.kind === 'routine')
      ? site.machine.call(site.self, {
          positional: from(site),
          named: new Map(),
          open: site.args.open === true,
        })
      : undefined;

const loads: Action = (site) => {
  const given = site.args.positional[0] ?? v.UNKNOWN;
  return v.eachOption(given, (one) => {
    const name = v.knownText(one);
    const pieces = v.piecesOf(one);
    if (name === undefined) {
      // A project's own file loads what it likes; an inline text has no reason to hide the name.
      const isInline = site.machine.file === undefined;
      if (isInline && typeof pieces[0] !== 'string')
        a.hides('it loads a module that is known only when it runs')(site);
      return v.UNKNOWN;
    }
    if (/^(?:data|https?):/.test(name)) return loadsFrom(site, name);
    if (!/^(?:\.{0,2}\/|file:)/.test(name)) return v.ref(name);
    if (/\.json$/.test(name))
      return a.reads(0)({ ...site, args: { ...site.args, positional: [one] } }) ?? v.UNKNOWN;
    // Modules beside an inline text are its own code; those of a file are the project's.
    if (site.machine.file === undefined)
      a.runsFile(0)({
        ...site,
        args: { ...site.args, positional: [v.text(name.replace(/^file:\/\//, ''))] },
      });
    return v.UNKNOWN;
  });
};

function loadsFrom(site: Site, url: string): v.Value {
  const data = /^data:[^,]*?(;base64)?,/.exec(url);
  if (!data) {
    a.contact(site, v.text(url), []);
    a.runCode(site, v.unknownFrom({ from: 'net' }), 'javascript');
    return v.UNKNOWN;
  }
  const body = url.slice(data[0].length);
  a.runCode(site, v.text(data[1] ? Buffer.from(body, 'base64').toString() : unescapeUrl(body)), 'javascript');
  return v.UNKNOWN;
}

/** A text that a function takes in place of code: `setTimeout('…')`. */
const evaluatesText: Action = (site) => {
  const [first, ...rest] = site.args.positional;
  if (first?.kind === 'text') a.evaluates(0)(site);
  else if (first) site.machine.call(first, { positional: rest.slice(1), named: new Map() });
  return undefined;
};

/** The last argument of `Function` is its body; it runs when the result is called, which is what it is for. */
const makesFunction: Action = (site) => {
  const body = site.args.positional.at(-1);
  if (body && body.kind !== 'routine') a.runCode(site, body, 'javascript');
  return undefined;
};

/** `promise.then(callback)`: what was promised is known when it is a module or a value of the text. */
function awaits(site: Site): v.Value | undefined {
  const { self = v.UNKNOWN } = site;
  const [callback] = site.args.positional;
  const isModule = self.kind === 'ref' && !self.source && /^[\w:@/.-]+$/.test(self.path);
  const given =
    isModule || /^(?:text|list|dictionary)$/.test(self.kind) ? self : v.unknownFrom(v.sourceOf(self));
  return callback && site.machine.call(callback, { positional: [given], named: new Map() });
}

/** Code that is loaded, evaluated or called. */
export const CODE: a.CallTable = [
  [loads, 'require import'],
  [
    a.evaluates(0),
    'eval vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction vm.SourceTextModule',
  ],
  [
    makesFunction,
    'Function ?.constructor text.constructor list.constructor routine.constructor AsyncFunction',
  ],
  [evaluatesText, 'setTimeout setInterval setImmediate'],
  [
    (site) => (v.isTrue(a.option(site, 'eval')) ? a.evaluates(0)(site) : a.runsFile(0)(site)),
    'Worker worker_threads.Worker',
  ],
  [
    a.hides('it reaches below the functions that are known'),
    'process.binding process._linkedBinding process.dlopen',
  ],
  [
    a.hides('it calls a function of a sensitive module that is known only when it runs'),
    'fs.? child_process.? process.? Deno.? Bun.?',
  ],
  [t.constant(v.ref('require')), 'module.createRequire'],
  [callsSelf((site) => site.args.positional.slice(1)), 'call ?.call routine.call'],
  [callsSelf((site) => itemsOf(site.args.positional[1])), '?.apply routine.apply'],
  [
    (site) => {
      if (site.args.positional.length > 1) callsSelf((one) => one.args.positional.slice(1))(site);
      return site.self;
    },
    '?.bind routine.bind',
  ],
  [
    (site) =>
      site.machine.call(site.args.positional[0] ?? v.UNKNOWN, {
        positional: itemsOf(site.args.positional[2]),
        named: new Map(),
      }),
    'Reflect.apply',
  ],
  [
    a.gives((site) =>
      site.machine.index(site.args.positional[0] ?? v.UNKNOWN, site.args.positional[1] ?? v.UNKNOWN),
    ),
    'Reflect.get',
  ],
  [awaits, '?.then text.then list.then'],
];
