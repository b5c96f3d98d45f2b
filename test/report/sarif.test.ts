import { describe, expect, it } from 'vitest';
import { buildSarif, type SarifRun } from '../../lib/report/sarif.ts';
import { findSarifErrors } from './check-sarif.ts';

const tool = { name: 'codex-guard', version: '1.2.3', informationUri: 'https://guard.example/docs' };
const full: SarifRun = {
  tool,
  rules: [
    {
      id: 'github-token',
      description: 'A token of GitHub',
      help: 'Revoke it',
      helpUri: 'https://guard.example/docs#github-token',
      level: 'error',
      tags: ['security', 'security', 'secret'],
    },
    { id: 'bare', description: 'Says little' },
  ],
  results: [
    {
      rule: 'github-token',
      level: 'error',
      message: 'a token',
      place: { path: 'src/a b#c.ts', line: 3, column: 5, endLine: 3, endColumn: 45 },
      fingerprints: { 'secretHmac/v1': '0011223344556677' },
      properties: { length: 40 },
    },
    { rule: 'undescribed', level: 'warning', message: 'elsewhere', place: { path: '/srv/ü.txt' } },
    { rule: 'bare', level: 'note', message: 'nowhere', suppressed: 'a sample, says Ann' },
  ],
  complete: false,
  notices: [{ level: 'warning', message: 'one file was too large' }],
  properties: { session: 's' },
};

describe('a SARIF log', () => {
  it.each<[string, SarifRun]>([
    ['with everything', full],
    ['with nothing', { tool: { name: 'codex-guard', version: '0' }, rules: [], results: [] }],
    [
      'with odd paths',
      {
        tool,
        rules: [],
        results: ['./a', 'c:/x y', 'a%20b', '日本/\ud800', '-', 'a\nb', "it's (1)*!"].map((path) => ({
          rule: 'r',
          level: 'none',
          message: 'm',
          place: { path, line: 1 },
        })),
      },
    ],
  ])('%s is valid by the published schema', (_, run) => {
    expect(findSarifErrors(JSON.parse(JSON.stringify(buildSarif(run))))).toEqual([]);
  });

  it('is told from an invalid one', () => {
    const log = JSON.parse(JSON.stringify(buildSarif(full)));
    log.runs[0].results[0].level = 'fatal';
    log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    log.runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    log.runs[0].tool.driver.colour = 'red';
    const errors = findSarifErrors(log).join('\n');
    for (const part of ['/level', '/startLine', '/uri', 'driver: must NOT have additional properties'])
      expect(errors).toContain(part);
  });

  it('points from each result to its rule, described or not', () => {
    const log = JSON.parse(JSON.stringify(buildSarif(full)));
    const { rules } = log.runs[0].tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(['github-token', 'bare', 'undescribed']);
    for (const { ruleId, ruleIndex } of log.runs[0].results) expect(rules[ruleIndex].id).toBe(ruleId);
    expect(rules[0].properties.tags).toEqual(['security', 'secret']);
  });

  it('writes paths as URIs', () => {
    const log = JSON.parse(JSON.stringify(buildSarif(full)));
    const uris = log.runs[0].results
      .flatMap(({ locations = [] }) => locations)
      .map(
        (location: { physicalLocation: { artifactLocation: object } }) =>
          location.physicalLocation.artifactLocation,
      );
    expect(uris).toEqual([
      { uri: 'src/a%20b%23c.ts', uriBaseId: '%SRCROOT%' },
      { uri: 'file:///srv/%C3%BC.txt' },
    ]);
  });

  it('says that a run was not whole, and why', () => {
    const log = JSON.parse(JSON.stringify(buildSarif(full)));
    expect(log.runs[0].invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'warning', message: { text: 'one file was too large' } }],
      },
    ]);
    const whole = JSON.parse(JSON.stringify(buildSarif({ tool, rules: [], results: [] })));
    expect(whole.runs[0].invocations).toEqual([{ executionSuccessful: true }]);
  });
});
