import { readingsOf } from '../registry-servers/support/recording.ts';
import type { Heard } from './world.ts';

/** A permitted target: a host, and a path on it. */
export interface Place {
  readonly origin: string;
  /** The path at and below which it may be sent; undefined for the whole host. */
  readonly below?: string;
  /** Whether it may be sent through a proxy that only the project configures. */
  readonly overProxies?: boolean;
}

/** A text that occurs nowhere else, and who may receive it. */
export interface Secret {
  readonly kind: 'name' | 'token' | 'variable' | 'path';
  readonly text: string;
  /** The place where it is written, for messages. */
  readonly note: string;
  readonly places: readonly Place[];
}

export interface Leak {
  readonly secret: Secret;
  readonly request: Heard;
}

/** Returns every request with a text that is not for its receiver. */
export function leaksIn(requests: readonly Heard[], secrets: readonly Secret[]): readonly Leak[] {
  const texts = secrets.map((secret) => ({ secret, text: secret.text.toLowerCase() }));
  return requests.flatMap((request) => {
    const heard = readingsOf(request);
    return texts
      .filter(
        ({ text, secret }) => heard.includes(text) && !secret.places.some((each) => isAt(request, each)),
      )
      .map(({ secret }) => ({ secret, request }));
  });
}

function isAt({ origin, path, via }: Heard, place: Place): boolean {
  if (origin !== place.origin || (via !== undefined && place.overProxies !== true)) return false;
  return place.below === undefined || new URL(path, origin).pathname.startsWith(place.below);
}

/** Describes what was sent where, without the text of a token. */
export function leakText({ secret, request }: Leak): string {
  const { method, origin, path, via, headers } = request;
  const over = via === undefined ? '' : ` over ${via}`;
  const sent = headers.authorization === undefined ? '' : ' with a credential';
  return `${secret.kind} of ${secret.note} (${secret.text}): ${method} ${origin}${path}${over}${sent}`;
}

/**
 * Returns each origin with a requested URL, once: a second request, another method or another proxy does not count.
 * Ports differ between runs, so servers on loopback count by their role.
 * @param roles origins on loopback by role
 */
export function distinctRequests(
  requests: readonly Heard[],
  roles: Readonly<Record<string, string>> = {},
): ReadonlySet<string> {
  const roleOf = new Map(Object.entries(roles).map(([role, origin]) => [origin, role]));
  return new Set(
    requests.map(({ origin, path }) => `${roleOf.get(origin) ?? origin} ${urlText(path, origin)}`),
  );
}

/**
 * Returns the URL without its origin, as a proxy for plain http receives the whole URL, whose origin counts already.
 */
function urlText(path: string, origin: string): string {
  return path.startsWith(`${origin}/`) ? path.slice(origin.length) : path;
}
