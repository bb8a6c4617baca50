import { decodeBase64, utf8Decoder } from '../../read/text/encoding.ts';
import { parseJson } from '../registry/documents/document-kind.ts';
import { asObject, asText, type JsonObject, member } from '../registry/documents/json-value.ts';
import { MAX_LONG, MAX_SHORT } from '../registry/documents/narrow-parts.ts';

/** The statement of an attestation, read from its envelope. Its truth depends on the signature. */
export interface Statement {
  readonly predicateType: string;
  /** Its subjects: names as package URLs, SHA-512 in hexadecimal. */
  readonly subjects: readonly { readonly name: string; readonly sha512: string | undefined }[];
  /** The URL of the repository that provenance says was built; undefined for others. */
  readonly repository: string | undefined;
}

const IN_TOTO = 'application/vnd.in-toto+json';
/** A real envelope has a few kilobytes. */
const MAX_PAYLOAD = 1024 * 1024;

/** Reads the statement of a bundle; undefined for anything without an in-toto statement in a DSSE envelope. */
export function readStatement(bundle: JsonObject): Statement | undefined {
  const envelope = asObject(member(bundle, 'dsseEnvelope'));
  if (member(envelope, 'payloadType') !== IN_TOTO) return undefined;
  const payload = asText(member(envelope, 'payload'), MAX_PAYLOAD);
  if (payload === undefined || !isPlainBase64(payload)) return undefined;
  const bytes = Uint8Array.from(decodeBase64(payload), (byte) => byte.charCodeAt(0));
  // What is no UTF-8 becomes text that is no JSON, or another name.
  const statement = asObject(parseJson(utf8Decoder.decode(bytes)));
  const predicateType = asText(member(statement, 'predicateType'), MAX_SHORT);
  const subjects = member(statement, 'subject');
  if (predicateType === undefined || !Array.isArray(subjects)) return undefined;
  const read = (subjects as readonly unknown[]).map(subjectOf);
  return read.every((subject) => subject !== undefined)
    ? { predicateType, subjects: read, repository: repositoryOf(asObject(member(statement, 'predicate'))) }
    : undefined;
}

/** Decoders differ on anything else, and what is read has to be what was signed. */
function isPlainBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function subjectOf(value: unknown): Statement['subjects'][number] | undefined {
  const object = asObject(value);
  const name = asText(member(object, 'name'), MAX_LONG);
  const sha512 = asText(member(asObject(member(object, 'digest')), 'sha512'), MAX_SHORT);
  return name === undefined ? undefined : { name, sha512: sha512?.toLowerCase() };
}

/**
 * Reads SLSA provenance 1, in which GitHub names it in `workflow` and GitLab as the source, and the earlier version
 * 0.2.
 */
function repositoryOf(predicate: JsonObject | undefined): string | undefined {
  const invocation = asObject(member(predicate, 'invocation'));
  const before = asText(member(asObject(member(invocation, 'configSource')), 'uri'), MAX_LONG);
  if (before !== undefined) return before;
  const build = asObject(member(predicate, 'buildDefinition'));
  const parameters = asObject(member(build, 'externalParameters'));
  const workflow = asObject(member(parameters, 'workflow'));
  return asText(member(workflow, 'repository'), MAX_LONG) ?? asText(member(parameters, 'source'), MAX_LONG);
}
