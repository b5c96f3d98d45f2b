/** Builds for the JVM: maven, gradle and their kin, and the programs that maven starts. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import type { Outcome, Page } from '../page.ts';
import { type Managed, managerPage } from './manager.ts';
import { packageEffects, registryNet } from './sources.ts';

/** `mvn exec:exec -Dexec.executable=rm -Dexec.args='-rf x'`. */
function mavenMore({ call, operands, near }: Managed): Outcome {
  const defines = new Map(
    call.args.flatMap((word) => {
      const match = /^-D([\w.]+)=/.exec(knownStart(word));
      return match ? [[match[1] as string, partOf(word, match[0].length)] as const] : [];
    }),
  );
  const program = defines.get('exec.executable');
  const args = defines.get('exec.args') ?? defines.get('exec.commandlineArgs');
  const runs: Nested[] = program
    ? [
        {
          kind: 'code',
          lang: 'sh',
          code: wordAt([program.text ?? '', args?.text ?? ''].join(' ').trim(), program),
          via: 'mvn exec',
        },
      ]
    : [];
  const deploys = operands.some((word) => /^(?:deploy|release:perform|publish)(?::|$)/.test(word.text ?? ''));
  return {
    effects: deploys
      ? [
          ...packageEffects(call.name, 'publish', near, []),
          ...registryNet(
            'maven',
            near,
            defines.has('altDeploymentRepository')
              ? [partOf(defines.get('altDeploymentRepository') as Word, 0)]
              : [],
            { op: 'upload' },
          ),
        ]
      : [],
    runs,
  };
}

const MAVEN_OPTIONS =
  'f= file= s= settings= gs= global-settings= P= activate-profiles= pl= projects= rf= resume-from= T= threads= l= log-file= t= toolchains= b= build-file= p= project-dir= I= init-script= x= exclude-task= c= settings-file= console= g= gradle-user-home= include-build= tests= max-workers= warning-mode= stacktrace offline o';

export const pages: readonly Page[] = [
  managerPage({
    names: 'mvn mvnw gradle gradlew mvnd sbt ant lein',
    about: 'builds for the JVM, which fetch what they need',
    registry: 'maven',
    options: MAVEN_OPTIONS,
    offline: ['offline', 'o'],
    dry: ['dry-run', 'm'],
    otherwise: 'build',
    deeds: { 'deploy, publish, publishToMavenCentral': 'publish' },
    more: mavenMore,
    examples: [
      { command: 'mvn test', effects: [{ kind: 'net', registry: 'maven' }] },
      {
        command: "mvn exec:exec -Dexec.executable=rm -Dexec.args='-rf src'",
        effects: [{ kind: 'file', op: 'delete', path: 'src' }],
      },
      { command: 'mvn -o test', effects: [] },
      { command: 'gradle --offline build', effects: [] },
    ],
  }),
];
