import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mendAll } from '../../bin/mend.ts';
import { CHECKS } from '../../lib/doctor/examine.ts';
import { edit, examineAt, type Installation, lookAt, makeInstallation } from './installation.ts';
import { MISCONFIGURATIONS } from './misconfigurations.ts';

let places: Installation;
beforeAll(() => {
  places = makeInstallation();
});
beforeEach(() => places.reset());
afterAll(() => places.remove());

/** What is advice to everybody who has just installed. */
const ADVICE = [
  'never-fired',
  'codex-missing',
  'uncovered-sessions',
  'review-model',
  'shell-environment',
  'telemetry',
  'login-shell',
];

describe('a clean installation', () => {
  it('has nothing wrong, and advice only', async () => {
    const { findings, ok, events, production } = await examineAt(places);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(findings.map(({ id }) => id).sort()).toEqual([...ADVICE].sort());
    expect(ok).toBe(true);
    expect(events.map(({ trust }) => trust)).toEqual(events.map(() => 'trusted'));
    expect(production).toHaveLength(10);
    expect(production.filter(({ status }) => status === 'error' || status === 'warning')).toEqual([]);
  });

  it('has no advice either when all of it was followed', async () => {
    edit(
      places.configToml,
      (text) =>
        `review_model = "r"\nallow_login_shell = false\notel.exporter = { otlp-http = { endpoint = "http://127.0.0.1:1", protocol = "json" } }\nshell_environment_policy.inherit = "core"\n${text}`,
    );
    const { findings } = await examineAt(places);
    expect(findings.map(({ id }) => id).sort()).toEqual(
      ['never-fired', 'codex-missing', 'uncovered-sessions'].sort(),
    );
  });
});

describe('misconfigurations', () => {
  it.each(MISCONFIGURATIONS)('$what: $id', async ({ id, severity, isMended, spoil, options }) => {
    spoil(places);
    if (id === 'code-cache')
      for (const name of readdirSync(places.hooksDir))
        if (name.endsWith('.cache')) rmSync(join(places.hooksDir, name));
    const settings = options?.(places) ?? {};
    const report = await examineAt(places, settings);
    const found = report.findings.filter((finding) => finding.id === id);
    expect(found.map((finding) => finding.severity)).toContain(severity);
    for (const { detail, fix, title } of found) {
      expect(detail).toMatch(/\S/);
      expect(fix).toMatch(/\S/);
      expect(title).toMatch(/\S/);
    }
    expect(report.ok).toBe(report.findings.every((finding) => finding.severity !== 'error'));

    const after = await mendAll(report, () => lookAt(places, settings));
    const left = after.report.findings.filter((finding) => finding.id === id);
    if (isMended) {
      expect(left).toEqual([]);
      expect(after.fixed.length).toBeGreaterThan(0);
    } else expect(left.map((finding) => finding.severity)).toContain(severity);
    // What is mended may need a person's trust again, and nothing else.
    if (isMended) {
      const worse = after.report.findings.filter(
        (finding) =>
          !report.findings.some((before) => before.id === finding.id) && finding.severity !== 'info',
      );
      expect(worse.map((finding) => finding.id).filter((one) => !/trust/.test(one))).toEqual([]);
    }
  });

  it('are many, and each check but the ones about this machine has one', () => {
    expect(MISCONFIGURATIONS.length).toBeGreaterThanOrEqual(60);
    const seeded = new Set([...MISCONFIGURATIONS.map(({ id }) => id), ...ADVICE]);
    const rest = CHECKS.map(({ id }) => id).filter((id) => !seeded.has(id));
    expect(rest.sort()).toEqual(
      [
        'codex-version',
        'disk-low',
        'node-ca-certs',
        'node-old',
        'program-outdated',
        'project-untrusted',
        'records-changed',
        'shell-missing',
      ].sort(),
    );
  });
});

describe('checks', () => {
  it('have ids of their own, and a line that says why', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, about } of CHECKS) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).not.toMatch(/\.$/);
      expect(about.length).toBeGreaterThan(15);
    }
  });
});

describe('what is mended', () => {
  it('keeps foreign hooks, and a copy of what was there', async () => {
    const foreign = '{ "type": "command", "command": "echo mine" }';
    edit(places.hooksJson, (text) =>
      text.replace('"Stop": [', `"Stop": [{ "hooks": [${foreign}] },`).replace('{', '{ // note\n'),
    );
    const before = readFileSync(places.hooksJson, 'utf8');
    const { fixed } = await mendAll(await examineAt(places), () => lookAt(places));
    const after = readFileSync(places.hooksJson, 'utf8');
    expect(after).toContain(foreign);
    expect(after).not.toContain('// note');
    const backup = fixed.flatMap(({ done }) => done).find((one) => one.backup !== undefined)?.backup ?? '';
    expect(readFileSync(backup, 'utf8')).toBe(before);
  });

  it('changes one word of config.toml', async () => {
    edit(places.configToml, (text) => `# mine\n[features] # keep\nhooks   = false  # why\n${text}`);
    const before = readFileSync(places.configToml, 'utf8');
    await mendAll(await examineAt(places), () => lookAt(places));
    expect(readFileSync(places.configToml, 'utf8')).toBe(before.replace('false', 'true'));
  });

  it('never touches the project', async () => {
    const path = join(places.project, '.codex', 'config.toml');
    edit(path, () => 'features.hooks = false\n');
    edit(join(places.project, '.codex', 'hooks.json'), () => '\uFEFF{"version":1,"hooks":{}}');
    const { fixed } = await mendAll(await examineAt(places), () => lookAt(places));
    expect(fixed).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('features.hooks = false\n');
    expect(existsSync(`${path}.bak`)).toBe(false);
  });
});
