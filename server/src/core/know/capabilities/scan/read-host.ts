import { hostKind, isCollectorUrl } from '../effects/hosts.ts';
import type { Found } from './found.ts';

/** Reads a host to which the code connects. */
export function readHost(host: string, text: string, at: number, isLoaded: boolean, found: Found): void {
  found.add('network', host, at);
  switch (hostKind(host)) {
    case 'collector':
      if (isCollectorUrl(text)) found.sign('collector-host', at, isLoaded);
      return;
    case 'number':
      found.sign('number-host', at, isLoaded);
      return;
    case 'place':
      found.add('trigger', 'place', at);
      found.sign('place-host', at, isLoaded);
      return;
    case 'metadata':
      found.add('credentials', 'cloud', at);
      found.sign('metadata-host', at, isLoaded);
      return;
  }
}
