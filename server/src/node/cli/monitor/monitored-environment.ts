import { join } from 'node:path';

/**
 * Returns an environment in which each process of Node.js writes what it observes to a folder. Options of the user stay;
 * ours come first, so that nothing is loaded before.
 */
export function monitoredEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Readonly<Record<string, string | undefined>> {
  const preload = join(import.meta.dirname, 'monitor-preload.js').replaceAll(/[\\"]/g, '\\$&');
  const options = [`--require="${preload}"`, environment.NODE_OPTIONS ?? ''];
  return { ...environment, NODE_OPTIONS: options.join(' ').trim(), DEPHYGIENE_MONITOR: folder };
}
