import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  markup,
  ownMarkup,
  prose,
  withOptions,
} from '../../../../../server/src/core/show/report/html/markup.ts';

describe('markup', () => {
  test('escapes texts for elements and quoted attributes, in lists and nested templates as well', () => {
    const hostile = `</script><img src=x onerror="alert(1)">'&`;
    const shown = '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;';
    assert.equal(markup`<p title="${hostile}">${hostile}</p>`.markup, `<p title="${shown}">${shown}</p>`);
    assert.equal(markup`${[hostile, markup`<b>${hostile}</b>`]}`.markup, `${shown}<b>${shown}</b>`);
  });

  test('shows what hides or reorders text, and covers secrets', () => {
    assert.equal(markup`${'a\u202eb\u200bc\n'}`.markup, 'a&lt;U+202E&gt;b&lt;U+200B&gt;c␊');
    assert.equal(markup`${'https://ana:secret123@acme.test/'}`.markup, 'https://***@acme.test/');
  });

  test('groups numbers, leaves undefined out, and takes our own text as it is', () => {
    assert.equal(markup`${4472} ${undefined}${ownMarkup('<i>')}`.markup, '4,472 <i>');
  });
});

test('names between backticks of a sentence are code, and everything is escaped', () => {
  assert.equal(
    markup`${prose('Leak via `<script>` & `a b`, not `')}`.markup,
    'Leak via <code>&lt;script&gt;</code> &amp; <code>a b</code>, not `',
  );
});

test('options of a command stay in one piece, and a secret behind one stays hidden', () => {
  assert.equal(
    markup`${withOptions('Run "dephygiene check --trust --deep", a--b <i>')}`.markup,
    'Run &quot;dephygiene check <span class="option">--trust</span> <span class="option">--deep</span>&quot;, a--b &lt;i&gt;',
  );
  assert.equal(
    markup`${withOptions('npm ci --registry https://ana:secret123@acme.test/')}`.markup,
    'npm ci <span class="option">--registry</span> https://***@acme.test/',
  );
});
