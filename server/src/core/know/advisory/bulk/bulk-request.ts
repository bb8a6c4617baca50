import { registryBase } from '../../registry/access/packument-url.ts';

/** One request to a bulk endpoint: its names and its body. */
export interface BulkRequest {
  readonly names: readonly string[];
  readonly json: string;
}

const MAX_NAMES = 500;
/** Before compression. */
const MAX_LENGTH = 1_000_000;

/** Returns the bulk endpoint of a registry; undefined for an invalid URL. */
export function bulkUrl(registryUrl: string): string | undefined {
  const base = registryBase(registryUrl);
  return base && `${base}-/npm/v1/security/advisories/bulk`;
}

/** Splits these versions, by name, into as few requests as registries accept. */
export function bulkRequests(packages: ReadonlyMap<string, readonly string[]>): readonly BulkRequest[] {
  const requests: BulkRequest[] = [];
  let names: string[] = [];
  let members: string[] = [];
  let length = 2;
  const close = () => {
    if (names.length > 0) requests.push({ names, json: `{${members.join(',')}}` });
    names = [];
    members = [];
    length = 2;
  };
  for (const [name, versions] of packages) {
    const member = `${JSON.stringify(name)}:${JSON.stringify(versions)}`;
    // A non-ASCII character takes up to three bytes.
    const size = 3 * member.length + 1;
    if (size > MAX_LENGTH) continue;
    if (names.length === MAX_NAMES || length + size > MAX_LENGTH) close();
    names.push(name);
    members.push(member);
    length += size;
  }
  close();
  return requests;
}
