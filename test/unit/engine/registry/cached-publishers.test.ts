import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACKUMENT } from '../../../../server/src/core/know/registry/documents/packument-kind.ts';
import { createCachedPublishers } from '../../../../server/src/engine/registry/cached-publishers.ts';
import { createDocumentKeys } from '../../../../server/src/engine/registry/document-keys.ts';
import { answerToRecord } from '../../../../server/src/engine/registry/registry-answer.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';
import { REGISTRY } from '../../know/registry/scripted-registry.ts';

test('publishers are those of cached documents, and unknown otherwise', async () => {
  const sample = samplePackument();
  const narrowed = PACKUMENT.reader({ name: 'left-pad' }, 0);
  narrowed.write(JSON.stringify(sample));
  const read = narrowed.end();
  assert.ok('value' in read);
  const known = { value: read.value, asOf: 1, freshMs: 1, etag: undefined, authenticated: false };
  const key = createDocumentKeys(PACKUMENT)({ registry: { url: REGISTRY }, name: 'left-pad' });
  const publisherOf = createCachedPublishers(
    {
      read: async (asked) => (asked === key ? answerToRecord(known, PACKUMENT) : undefined),
      write: async () => assert.fail('written'),
      confirm: async () => assert.fail('confirmed'),
    },
    REGISTRY,
  );
  const [version, { publishedBy }] = [...read.value.versions].find(
    ([, each]) => each.publishedBy !== undefined,
  )!;
  assert.equal(await publisherOf('left-pad', version), publishedBy!.name.toLowerCase());
  assert.equal(await publisherOf('left-pad', '0.0.0-none'), undefined);
  assert.equal(await publisherOf('other', version), undefined);
  assert.equal(await createCachedPublishers(undefined, REGISTRY)('left-pad', version), undefined);
});
