import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/privilege/guard.ts';
import type { Effect } from '../../lib/types/effect.ts';
import { file, outcome, run } from './build.ts';

describe('privilege', () => {
  it.each<[string, Effect, string]>([
    ['sudo', run('sudo'), 'deny'],
    ['sudo by its path', run('/usr/bin/sudo'), 'deny'],
    ['su', run('su'), 'deny'],
    ['root by another program', run('setpriv', { privilege: 'root' }), 'deny'],
    ['a container that reaches out', run('docker', { privilege: 'container' }), 'deny'],
    ['the kernel', run('modprobe', { privilege: 'kernel' }), 'deny'],
    ['an agent', run('codex', { privilege: 'agent' }), 'pass'],
    ['a plain program', run('ls'), 'pass'],
    ['sudo in a container', run('sudo', { place: 'container' }), 'pass'],
    ['u+s', file('chmod', 'a', { mode: 'u+s' }), 'deny'],
    ['a+x,g+s', file('chmod', 'a', { mode: 'a+x,g+s' }), 'deny'],
    ['=rxs', file('chmod', 'a', { mode: '=rxs' }), 'deny'],
    ['4755', file('chmod', 'a', { mode: '4755' }), 'deny'],
    ['2755', file('chmod', 'a', { mode: '02755' }), 'deny'],
    ['1777', file('chmod', 'a', { mode: '1777' }), 'pass'],
    ['0755', file('chmod', 'a', { mode: '0755' }), 'pass'],
    ['u-s', file('chmod', 'a', { mode: 'u-s' }), 'pass'],
    ['+x', file('chmod', 'a', { mode: '+x' }), 'pass'],
    ['an owner', file('chmod', 'a'), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('lets named programs run below it, and nothing else', () => {
    const options = { allow: ['apt-get'] };
    const below = (program: string) => run(program, { via: ['sudo -n'] });
    expect(outcome(guard, [run('sudo'), below('apt-get')], { options })).toBe('pass');
    expect(outcome(guard, [run('sudo'), below('/usr/bin/apt-get')], { options })).toBe('pass');
    expect(outcome(guard, [run('sudo'), below('apt-get'), below('sh')], { options })).toBe('deny');
    expect(outcome(guard, [run('sudo'), run('apt-get')], { options })).toBe('deny');
    expect(outcome(guard, [run('sudo')], { options })).toBe('deny');
  });
});
