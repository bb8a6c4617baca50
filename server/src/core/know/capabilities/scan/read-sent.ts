import { Label } from '../value/labels.ts';
import type { Found } from './found.ts';

/** Reads where the data that are sent come from. */
export function readSent(labels: number, at: number, isLoaded: boolean, found: Found): void {
  if (labels & Label.environment) {
    found.add('environment', 'all', at);
    found.sign('sends-environment', at, isLoaded);
  }
  if (labels & Label.secret) found.sign('sends-secret', at, isLoaded);
  if (labels & Label.credential) found.sign('sends-credentials', at, isLoaded);
  if (labels & Label.machine) found.sign('sends-machine', at, isLoaded);
  if (labels & Label.key) found.sign('sends-key', at, isLoaded);
  if (labels & Label.clipboard) found.sign('sends-clipboard', at, isLoaded);
  if (labels & Label.entered) found.sign('sends-entered', at, isLoaded);
}
