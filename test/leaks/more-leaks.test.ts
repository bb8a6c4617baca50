import { HOOK } from './cast.ts';
import { testSetUps } from './test-set-ups.ts';

testSetUps([
  [13, 'editor, example trusted by name', 10],
  [5, 'command line, --trust', 30, HOOK, '/-/v1/search?text=maintainer'],
]);
