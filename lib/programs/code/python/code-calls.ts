/** What Python's calls run as code: evaluation, imports, attributes by name and unpickling. Other programs are process-calls.ts's business. */

import { all, type CallTable, evaluates, gives, hides, pick, runCode, runsFile } from '../actions.ts';
import type { Action, Site } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

const importsModule: Action = (site) => {
  const given = pick(site, [0, 'name']) ?? v.UNKNOWN;
  return v.eachOption(given, (one) => {
    const name = v.knownText(one);
    if (name !== undefined) return v.ref(name.replace(/^\.+/, ''));
    // What only the start is known of is a module of that package.
    // A project's own file loads what it likes; an inline text has no reason to hide the name.
    if (typeof v.piecesOf(one)[0] !== 'string' && site.machine.file === undefined)
      hides('it loads a module that is known only when it runs')(site);
    return v.UNKNOWN;
  });
};

const getsAttribute: Action = (site) => {
  const [of, name] = site.args.positional;
  return of && name
    ? v.combine([of, name], ([one, key]) => site.machine.member(one as v.Value, v.knownText(key) ?? '?'))
    : undefined;
};

/** The member that `attrgetter('name')` takes from what it is given. */
function takeMember(site: Site): v.Value {
  const name = v.knownText(site.callee?.args?.positional[0]);
  return site.machine.member(site.args.positional[0] ?? v.UNKNOWN, name ?? '?');
}

/** Only a program that wants to hide brings its own pickle. */
const unpickles: Action = (site) =>
  v.knownText(pick(site, 0)) === undefined
    ? undefined
    : hides('it unpacks an object that may run code')(site);

/** Code that is evaluated, loaded or called. */
export const CODE: CallTable = [
  [evaluates(0), 'eval exec execfile'],
  [all(t.passes([0, 'source'])), 'compile'],
  [
    (site) => {
      runCode(site, pick(site, [0, 'stmt']) ?? v.text(''), 'python');
      return undefined;
    },
    'timeit.timeit timeit.repeat cProfile.run profile.run pdb.run code.interact ?.runcode ?.runsource',
  ],
  [runsFile([0, 'path_name']), 'runpy.run_path'],
  [
    runsFile([1, 'location', 'path', 'pathname']),
    'importlib.util.spec_from_file_location importlib.machinery.SourceFileLoader imp.load_source',
  ],
  [takeMember, 'operator.attrgetter()'],
  [
    (site) => {
      const rest = site.callee?.args?.positional.slice(1) ?? [];
      return site.machine.call(takeMember(site), { positional: rest, named: new Map() });
    },
    'operator.methodcaller()',
  ],
  [importsModule, '__import__ runpy.run_module'],
  [getsAttribute, 'getattr'],
  [
    gives((site) => site.machine.member(site.self ?? v.UNKNOWN, v.knownText(pick(site, 0)) ?? '?')),
    'os.__getattribute__ subprocess.__getattribute__',
  ],
  [gives((site) => v.ref(v.knownText(pick(site, 0)) ?? '?')), 'globals().get locals().get sys.modules.get'],
  [unpickles, 'pickle.loads marshal.loads dill.loads cloudpickle.loads'],
  [hides('it reaches for functions by way of the object tree'), '?.__subclasses__'],
  [
    hides('it calls a function of a sensitive module that is known only when it runs'),
    'os.? subprocess.? shutil.? builtins.? globals().?',
  ],
  [t.mapsItems(0, 1), 'map'],
  [t.choosesItems(0, 1), 'filter'],
  [
    (site) => t.mapItems(site, pick(site, [0, 'func', 'fn']), pick(site, [1, 'iterable']) ?? v.UNKNOWN),
    '?.map ?.imap_unordered',
  ],
];
