import { HOOK } from './cast.ts';
import { testSetUps } from './test-set-ups.ts';

testSetUps([
  [13, 'editor, example trusted by name', 10],
  [6, 'command line, --trust', 30, HOOK],
]);
