import { hostKind, hostsIn, isCollectorUrl } from '../effects/hosts.ts';
import { Label } from '../value/labels.ts';
import type { Value } from '../value/value.ts';
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

/** Reads the URL of a script that a page is made to load. */
export function readScriptUrl(
  { text = '', labels }: Value,
  at: number,
  isLoaded: boolean,
  found: Found,
): void {
  const hosts = hostsIn(text);
  if (hosts.length === 0) return;
  for (const host of hosts) readHost(host, text, at, isLoaded, found);
  found.add('dynamic-code', 'remote scripts', at);
  found.sign('remote-script', at, isLoaded);
  if (labels & (Label.decoded | Label.reversed)) found.sign('hidden-host', at, isLoaded);
}
