import { hostsIn } from '../effects/hosts.ts';
import type { Value } from './value.ts';

const OWN_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Checks for a target that a variable of the environment gives or that is this machine, if the code names no other host. */
export function isConfigured(targets: readonly (Value | undefined)[]): boolean {
  const all = targets.flatMap((one) => (one === undefined ? [] : [one, ...(one.others ?? [])]));
  const hosts = all.flatMap(({ text }) => hostsIn(text ?? ''));
  const isGiven = hosts.length > 0 || all.some(({ ref }) => ref?.startsWith('process.env.') === true);
  return isGiven && hosts.every((host) => OWN_MACHINE.test(host));
}

/** Returns what names the target of a request: a URL, or options with one. */
export function targetsOf([first, second]: readonly Value[]): readonly (Value | undefined)[] {
  return [first, ...['hostname', 'host', 'url'].map((name) => first?.members?.get(name)), second];
}
