import { statisticsOf } from '../../core/know/registry/documents/downloads-kind.ts';
import type { Ports } from '../ports.ts';

/** Where the public registry's downloads are counted; undefined where that is not known. */
export function statisticsAddress({
  statistics,
  publicRegistry,
}: Pick<Ports, 'statistics' | 'publicRegistry'>): string | undefined {
  return statistics ?? statisticsOf(publicRegistry);
}
