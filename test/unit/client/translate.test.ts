import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDay, t, translateWith } from '../../../client/src/translate.ts';

const fill = (message: string, ...values: readonly unknown[]) => message.replace('{0}', String(values[0]));

test('days are written in the language of the editor, and in English as elsewhere', () => {
  const day = Date.UTC(2026, 8, 10, 23);
  assert.equal(formatDay(day), '10 Sep 2026');
  try {
    translateWith((message, ...values) => fill(`de:${message}`, ...values), 'de');
    assert.equal(formatDay(day), '10. Sept. 2026');
    assert.equal(t('since {0}', formatDay(day)), 'de:since 10. Sept. 2026');
  } finally {
    translateWith(fill, 'en');
  }
  assert.equal(formatDay(day), '10 Sep 2026');
});
