import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readShellScript } from '../../../../../server/src/core/read/text/shell/read-shell-script.ts';
import { cpuTime } from '../../../../cpu-time.ts';

/** Formats each command as its words, with `$` after unknown ones, and the operator behind it. */
const shown = (script: string) =>
  readShellScript(script).map(({ words, after }) =>
    [
      ...words.map(({ text, isVariable }) => (isVariable ? `${text}$` : text)),
      ...(after ? [`[${after}]`] : []),
    ].join(' '),
  );

describe('readShellScript', () => {
  for (const [script, expected] of [
    ['a && b || c; d | e & f', ['a [&&]', 'b [||]', 'c [;]', 'd [|]', 'e [&]', 'f']],
    ['a "b c" \'d  e\' f\\ g h"i"', ['a b c d  e f g hi']],
    ['a \\\n  b \\\r\n  c\nd', ['a b c [;]', 'd']],
    ['a # b\n# c && d\ne#f "#g"', ['a [;]', 'e#f #g']],
    ['if [ -f a ]; then b; fi', ['if [ -f a ] [;]', 'then b [;]', 'fi']],
    ['a > b 2>&1 c >> d; e &> f', ['a c [;]', 'e']],
    ['cat <<EOF > x && a\nb c\nEOF\nd', ['cat [&&]', 'a [;]', 'd']],
    ['cat <<-\'E\' <<"F"\nb\n\tE\nc\nF\nd <<< e', ['cat [;]', 'd e']],
    [`a $B \${C} "\${D:-e}" '$F' \${{ g.h }}`, [`a $B$ \${C}$ \${D:-e}$ $F \${{ g.h }}$`]],
    ['a $(b c) d', ['a $$ [$(]', 'b c [)]', 'd']],
    ['a "x $(b c)"', ['a x $(b c)$', 'b c [)]']],
    ['bash <(curl x)', ['bash [<(]', 'curl x [)]']],
    ['(cd a; b)', ['cd a [;]', 'b [)]']],
    ['a "b\nc" d', ['a b\nc d']],
    ['a "open', ['a open']],
    ['a\0\0 b', ['a b']],
  ] as const) {
    test(JSON.stringify(script), () => assert.deepEqual(shown(script), expected));
  }

  test('spans are those of the text, with quotes', () => {
    const script = 'x && npm "in\\"st" a$B';
    const spans = readShellScript(script).flatMap(({ words }) =>
      words.map(({ span }) => script.slice(span.start, span.end)),
    );
    assert.deepEqual(spans, ['x', 'npm', '"in\\"st"', 'a$B']);
  });

  test('hostile scripts end soon', () => {
    for (const script of [
      '"$('.repeat(50_000),
      '$('.repeat(50_000),
      '<<A '.repeat(30_000),
      'a;'.repeat(100_000),
      '\\\n'.repeat(60_000),
      '${'.repeat(50_000),
    ]) {
      const start = cpuTime();
      readShellScript(script);
      assert.ok(cpuTime() - start < 2000, script.slice(0, 10));
    }
  });
});
