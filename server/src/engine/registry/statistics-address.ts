import { statisticsOf } from '../../core/know/registry/documents/downloads-kind.ts';
import type { Ports } from '../ports.ts';

/** Returns the URL of the public registry's download counts; undefined if unknown. */
export function statisticsAddress({
  statistics,
  publicRegistry,
}: Pick<Ports, 'statistics' | 'publicRegistry'>): string | undefined {
  return statistics ?? statisticsOf(publicRegistry);
}
