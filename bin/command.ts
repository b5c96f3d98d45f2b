/** The shape of a command: data that help is rendered from, and the function that runs it. */

/** Exit codes, the same for every command. */
export const EXIT = { fine: 0, findings: 1, usage: 2, policy: 3, internal: 4 } as const;

export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly about: string;
  /** Name of the value in help: `FILE`. */
  readonly value?: string;
}

/** What a command gets: the outside world, so that tests can replace it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Colours are wanted: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
  /** Asks the person and resolves to the line they type. Only there when input and standard error are terminals. */
  readonly ask?: (question: string) => Promise<string>;
  /** Where the machine's administration keeps its files; replaced in tests only. */
  readonly system?: { readonly etcCodex: string; readonly programsHome: string };
}

export interface Args {
  readonly positionals: readonly string[];
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
}

export interface CommandSpec {
  readonly name: string;
  /** Words after the name, as in `check '<command>'`. */
  readonly usage: string;
  /** One line. */
  readonly about: string;
  /** Most words that it takes; absent = it sees to that itself. */
  readonly words?: number;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly examples: readonly (readonly [string, string])[];
  /** Runs the command and returns its exit code. */
  readonly run: (args: Args, terminal: Terminal) => number | Promise<number>;
}

/** Several commands under one name; the first word says which. */
export interface CommandGroup {
  readonly name: string;
  /** One line. */
  readonly about: string;
  readonly actions: readonly CommandSpec[];
}
